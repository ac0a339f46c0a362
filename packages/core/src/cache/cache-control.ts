/** The directives of `Cache-Control`, names in lower case; undefined where the header is malformed. */
export type CacheControl = ReadonlyMap<string, string | undefined>;

const directive = /[\s,]*([!#$%&'*+.^`|~\w-]+)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s",]+)))?\s*(?:,|$)/y;

/**
 * Reads `Cache-Control` (RFC 9111, 5.2). Undefined where any of it is malformed: who cannot tell what is forbidden must
 * not assume that nothing is.
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
    // A directive that is said twice counts as its smaller value.
    const earlier = directives.get(name);
    if (earlier === undefined || seconds(value) < seconds(earlier)) directives.set(name, value);
  }
  return directives;
}

/** A number of seconds; anything else is 0, which is stale (RFC 9111, 4.2.1). */
export function seconds(value: string | undefined): number {
  return value !== undefined && /^\d+$/.test(value) ? Math.min(Number(value), 2 ** 31) : 0;
}
