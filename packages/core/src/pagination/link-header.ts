const maxLength = 16_384;
// Only the first "next" of a quoted value is tried: with each of them, one without an end would take quadratic time.
const relNext = /;\s{0,8}rel\s{0,8}=\s{0,8}("(?:(?!\bnext\b)[^"])*\bnext\b[^"]*"|next\b)/i;
// Sentry sends a link to the page after the last one, too, and says that it has no results: https://docs.sentry.io/api/pagination/
const hasNoResults = /;\s{0,8}results\s{0,8}=\s{0,8}"?false\b/i;

/**
 * The target of `rel="next"` in a `Link` header (RFC 8288), unresolved; undefined where there is none, or where
 * it has no results. The header is read
 * once from left to right; one above 16 KiB is not read at all.
 */
export function nextLink(header: string): string | undefined {
  if (header.length > maxLength) return undefined;
  for (const link of header.split("<").slice(1)) {
    const [target, params = ""] = link.split(">");
    if (relNext.test(params)) return hasNoResults.test(params) ? undefined : target;
  }
  return undefined;
}
