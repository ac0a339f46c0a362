import type { UrlForm } from "./scheme.js";

interface UrlParts {
  /** `https://`, and a user name where there is one. */
  readonly start: string;
  readonly host: string;
  /** With its colon; empty where none is given. */
  readonly port: string;
  readonly standardPort: string;
  readonly rest: string;
}

/** An address in its parts, each letter as it was: `new URL` would write some of them anew. */
function splitUrl(url: string): UrlParts | undefined {
  const match = /^([a-z][a-z0-9+.-]*:\/\/)((?:[^/?#]*@)?)(\[[^\]/?#]*\]|[^:/?#]*)(:[^/?#]*)?(.*)$/is.exec(url);
  if (match === null) return undefined;
  const [, scheme = "", user = "", host = "", port = "", rest = ""] = match;
  return { start: scheme + user, host, port, standardPort: /^https:/i.test(scheme) ? ":443" : ":80", rest };
}

function withoutPort(url: string): string {
  const parts = splitUrl(url);
  return parts === undefined ? url : parts.start + parts.host + parts.rest;
}

function withPort(url: string): string {
  const parts = splitUrl(url);
  return parts === undefined ? url : parts.start + parts.host + (parts.port || parts.standardPort) + parts.rest;
}

function normalised(url: string): string {
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

/** With the query as Node's `querystring` reads and writes it: the values of one name together, spaces as `%20`. */
function legacyQuery(url: string): string {
  const start = url.indexOf("?");
  if (start < 0 || start === url.length - 1) return url;
  const values = new Map<string, string[]>();
  for (const pair of url.slice(start + 1).split("&")) {
    if (pair === "") continue;
    const equals = pair.indexOf("=");
    const name = decodeText(equals < 0 ? pair : pair.slice(0, equals));
    values.set(name, [...(values.get(name) ?? []), equals < 0 ? "" : decodeText(pair.slice(equals + 1))]);
  }
  const pairs = [...values].flatMap(([name, all]) =>
    all.map((value) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`),
  );
  return `${url.slice(0, start)}?${pairs.join("&")}`;
}

const forms: Readonly<Record<UrlForm, (url: string) => string>> = {
  "as-given": (url) => url,
  "without-port": withoutPort,
  "with-port": withPort,
  normalised: (url) => withoutPort(normalised(url)),
  "normalised-with-port": (url) => withPort(normalised(url)),
  "legacy-query": (url) => legacyQuery(withoutPort(normalised(url))),
  "legacy-query-with-port": (url) => legacyQuery(withPort(normalised(url))),
};

/** The spellings of an address that may have been signed, each once, made when they are asked for. */
export function* urlSpellings(url: string, wanted: readonly UrlForm[]): Generator<string> {
  const seen = new Set<string>();
  for (const form of wanted) {
    const spelling = forms[form](url);
    if (seen.has(spelling)) continue;
    seen.add(spelling);
    yield spelling;
  }
}
