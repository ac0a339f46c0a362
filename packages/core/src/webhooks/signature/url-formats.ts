import { decodeFormText } from "../delivery/form-fields.js";
import type { UrlFormat } from "../scheme/encodings.js";

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

/** A `Request` escapes the apostrophes of a query. This is the query as it was received. */
export const unescapeApostrophes: UrlFormat = (url) => url.replaceAll("%27", "'");

/** Formats the query as `querystring` of Node does: all values of a name together, and a space as `%20`. */
function legacyQuery(url: string): string {
  const start = url.indexOf("?");
  if (start < 0 || start === url.length - 1) return url;
  const values = new Map<string, string[]>();
  for (const pair of url.slice(start + 1).split("&")) {
    if (pair === "") continue;
    const equals = pair.indexOf("=");
    const name = decodeFormText(equals < 0 ? pair : pair.slice(0, equals));
    const value = equals < 0 ? "" : decodeFormText(pair.slice(equals + 1));
    const known = values.get(name);
    if (known === undefined) values.set(name, [value]);
    else known.push(value);
  }
  const pairs = [...values].flatMap(([name, all]) =>
    all.map((value) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`),
  );
  return `${url.slice(0, start)}?${pairs.join("&")}`;
}

/**
 * Twilio signs the configured URL, with or without its port. Its older systems sign a re-encoded query. As its SDK:
 * https://github.com/twilio/twilio-node/blob/main/src/webhooks/webhooks.ts
 */
export const twilioUrlFormats: readonly UrlFormat[] = [
  withoutPort,
  withPort,
  (url) => withoutPort(unescapeApostrophes(url)),
  (url) => withPort(unescapeApostrophes(url)),
  (url) => withoutPort(normalize(url)),
  (url) => withPort(normalize(url)),
  (url) => legacyQuery(withoutPort(normalize(url))),
  (url) => legacyQuery(withPort(normalize(url))),
];
