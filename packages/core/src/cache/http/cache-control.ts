/** The directives of `Cache-Control`, names in lower case. */
export type CacheControl = ReadonlyMap<string, string | undefined>;

const directive = /[\s,]*([!#$%&'*+.^`|~\w-]+)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s",]+)))?\s*(?:,|$)/y;

/**
 * Parses `Cache-Control` (RFC 9111, section 5.2). Undefined where any part is malformed, because a directive that forbids
 * storing might be in it.
 */
export function parseCacheControl(header: string | null): CacheControl | undefined {
  const directives = new Map<string, string | undefined>();
  if (header === null) return directives;
  directive.lastIndex = 0;
  while (directive.lastIndex < header.length) {
    const at = directive.lastIndex;
    const found = directive.exec(header);
    if (found === null) return /^[\s,]*$/.test(header.slice(at)) ? directives : undefined;
    const name = (found[1] as string).toLowerCase();
    const value = found[2]?.replace(/\\(.)/g, "$1") ?? found[3];
    // Of a directive that appears twice, the smaller value counts.
    const earlier = directives.get(name);
    if (earlier === undefined || parseSeconds(value) < parseSeconds(earlier)) directives.set(name, value);
  }
  return directives;
}

/** A number of seconds; anything else is 0, which means stale (RFC 9111, section 4.2.1). */
export function parseSeconds(value: string | undefined): number {
  return value !== undefined && /^\d+$/.test(value) ? Math.min(Number(value), 2 ** 31) : 0;
}
