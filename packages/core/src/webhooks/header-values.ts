import type { HeaderValue } from "./scheme.js";

/** The values of a header that have the prefix and the suffix, without them, in their order. */
export function headerValues(text: string, { separator, prefix = "", suffix = "" }: HeaderValue): string[] {
  const values: string[] = [];
  for (const value of separator === undefined ? [text] : text.split(separator)) {
    if (value.length < prefix.length + suffix.length || !value.startsWith(prefix) || !value.endsWith(suffix)) continue;
    values.push(value.slice(prefix.length, value.length - suffix.length));
  }
  return values;
}
