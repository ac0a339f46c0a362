const maxBytes = 16_384;

/**
 * The target of `rel="next"` in a `Link` header (RFC 8288), unresolved; undefined where there is none. It reads once
 * from left to right, and nothing of a header above 16 KiB.
 */
export function nextLink(header: string): string | undefined {
  if (header.length > maxBytes) return undefined;
  let at = 0;
  while (at < header.length) {
    const open = header.indexOf("<", at);
    const close = open < 0 ? -1 : header.indexOf(">", open);
    if (close < 0) return undefined;
    const following = header.indexOf("<", close);
    const params = header.slice(close + 1, following < 0 ? undefined : following).toLowerCase();
    if (/;\s{0,8}rel\s{0,8}=\s{0,8}("[^"]*\bnext\b[^"]*"|next\b)/.test(params)) return header.slice(open + 1, close);
    at = close + 1;
  }
  return undefined;
}
