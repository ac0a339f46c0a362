import type { HeaderValue } from "../scheme/locations.js";

/** The values of a header that have the prefix, the suffix and the position, without prefix and suffix, in their order. */
export function headerValues(text: string, { separator, prefix = "", suffix = "", position }: HeaderValue): string[] {
  const values: string[] = [];
  let from = 0;
  let index = 0;
  while (from <= text.length) {
    const next = separator === undefined ? -1 : text.indexOf(separator, from);
    const end = next < 0 ? text.length : next;
    const start = from + prefix.length;
    const stop = end - suffix.length;
    // A prefix that contains the separator could otherwise match text of the next value.
    const isThere = position === undefined || position === index;
    if (isThere && start <= stop && text.startsWith(prefix, from) && text.startsWith(suffix, stop)) {
      values.push(text.slice(start, stop));
    }
    index += 1;
    from = end + (separator?.length || 1);
  }
  return values;
}
