import type { HeaderValue } from "../scheme/locations.js";

/** The values of a header that have the prefix and the suffix, without these, in their order. */
export function headerValues(text: string, { separator, prefix = "", suffix = "" }: HeaderValue): string[] {
  const values: string[] = [];
  let from = 0;
  while (from <= text.length) {
    const next = separator === undefined ? -1 : text.indexOf(separator, from);
    const end = next < 0 ? text.length : next;
    const start = from + prefix.length;
    const stop = end - suffix.length;
    // A prefix that contains the separator could otherwise match text of the next value.
    if (start <= stop && text.startsWith(prefix, from) && text.startsWith(suffix, stop)) {
      values.push(text.slice(start, stop));
    }
    from = end + (separator?.length || 1);
  }
  return values;
}
