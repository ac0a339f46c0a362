import type { UrlFormat } from "../scheme/encodings.js";

/** A URL in each of the formats, without repetitions. Each one is formatted when it is asked for. */
export function* urlsInFormats(url: string, formats: readonly UrlFormat[]): Generator<string> {
  const seen = new Set<string>();
  for (const format of formats) {
    const formatted = format(url);
    if (seen.has(formatted)) continue;
    seen.add(formatted);
    yield formatted;
  }
}
