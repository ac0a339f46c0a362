import type { UrlFormat } from "../schemes/webhook-scheme.js";

interface UrlParts {
  /** `https://`, with the user name where there is one. */
  readonly start: string;
  readonly host: string;
  /** With its colon. Empty where the URL has none. */
  readonly port: string;
  readonly defaultPort: string;
  readonly rest: string;
}

/** Splits a URL and keeps every character of it, which `new URL` does not. */
function splitUrl(url: string): UrlParts | undefined {
  const match = /^([a-z][a-z0-9+.-]*:\/\/)((?:[^/?#]*@)?)(\[[^\]/?#]*\]|[^:/?#]*)(:[^/?#]*)?(.*)$/is.exec(url);
  if (match === null) return undefined;
  const [, scheme = "", user = "", host = "", port = "", rest = ""] = match;
  return { start: scheme + user, host, port, defaultPort: /^https:/i.test(scheme) ? ":443" : ":80", rest };
}

function withoutPort(url: string): string {
  const parts = splitUrl(url);
  return parts === undefined ? url : parts.start + parts.host + parts.rest;
}

function withPort(url: string): string {
  const parts = splitUrl(url);
  return parts === undefined ? url : parts.start + parts.host + (parts.port || parts.defaultPort) + parts.rest;
}

function normalize(url: string): string {
  return URL.canParse(url) ? new URL(url).href : url;
}

function decodeText(text: string): string {
  const spaced = text.replaceAll("+", " ");
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}

/** Formats the query as `querystring` of Node does: all values of a name together, and a space as `%20`. */
function legacyQuery(url: string): string {
  const start = url.indexOf("?");
  if (start < 0 || start === url.length - 1) return url;
  const values = new Map<string, string[]>();
  for (const pair of url.slice(start + 1).split("&")) {
    if (pair === "") continue;
    const equals = pair.indexOf("=");
    const name = decodeText(equals < 0 ? pair : pair.slice(0, equals));
    const value = equals < 0 ? "" : decodeText(pair.slice(equals + 1));
    const known = values.get(name);
    if (known === undefined) values.set(name, [value]);
    else known.push(value);
  }
  const pairs = [...values].flatMap(([name, all]) =>
    all.map((value) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`),
  );
  return `${url.slice(0, start)}?${pairs.join("&")}`;
}

const formatters: Readonly<Record<UrlFormat, (url: string) => string>> = {
  "as-given": (url) => url,
  "without-port": withoutPort,
  "with-port": withPort,
  normalized: (url) => withoutPort(normalize(url)),
  "normalized-with-port": (url) => withPort(normalize(url)),
  "legacy-query": (url) => legacyQuery(withoutPort(normalize(url))),
  "legacy-query-with-port": (url) => legacyQuery(withPort(normalize(url))),
};

/** A URL in each of the formats, without repetitions. Each one is formatted when it is asked for. */
export function* urlsInFormats(url: string, formats: readonly UrlFormat[]): Generator<string> {
  const seen = new Set<string>();
  for (const format of formats) {
    const formatted = formatters[format](url);
    if (seen.has(formatted)) continue;
    seen.add(formatted);
    yield formatted;
  }
}
