import { withoutBraces } from "./without-braces.js";

/** Normalizes a URL so that it can be compared with those of documents: no trailing slash, host in lower case. */
export function readUrl(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  const text = withoutBraces(value);
  if (readOrigin(text) === undefined) return undefined;
  if (text !== value) return value.replace(/\/+$/, "");
  const { origin, pathname } = new URL(value);
  return (origin + pathname).replace(/\/+$/, "");
}

/** The origin of an http or https URL. Undefined for any other text. */
export function readOrigin(value: string): string | undefined {
  return URL.canParse(value) && /^https?:$/.test(new URL(value).protocol) ? new URL(value).origin : undefined;
}
