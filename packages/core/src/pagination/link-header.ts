const maxLength = 16_384;
// Only the first "next" of a quoted value is tried: with each of them, one without an end would take quadratic time.
const relNext = /;\s{0,8}rel\s{0,8}=\s{0,8}("(?:(?!\bnext\b)[^"])*\bnext\b[^"]*"|next\b)/i;

/**
 * The target of `rel="next"` in a `Link` header (RFC 8288), unresolved; undefined where there is none. The header is read
 * once from left to right; one above 16 KiB is not read at all.
 */
export function nextLink(header: string): string | undefined {
  if (header.length > maxLength) return undefined;
  for (const link of header.split("<").slice(1)) {
    const [target, params = ""] = link.split(">");
    if (relNext.test(params)) return target;
  }
  return undefined;
}
