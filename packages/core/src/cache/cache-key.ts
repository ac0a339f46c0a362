import { LRUCache } from "lru-cache";
import type { Bytes } from "../pipeline/bytes.js";
import type { Call } from "../pipeline/call.js";

// They differ from call to call and change no answer. All others are in the key, so that an account, a version, and
// whatever an answer varies by can never be mixed up.
const ofOneCall = new Set(["traceparent", "tracestate", "baggage"]);
// Who asks for a part, or under a condition or a credential of their own, knows why.
const ownAffair = [
  "range",
  "if-none-match",
  "if-modified-since",
  "if-match",
  "if-unmodified-since",
  "if-range",
  "authorization",
  "proxy-authorization",
  "cookie",
];

const maxKnownChars = 1 << 20;

function bodyText(data: string | Bytes): string {
  return typeof data === "string" ? `text ${data}` : `bytes ${String.fromCharCode(...data)}`;
}

/** Whether the answer of a call may be kept at all: it reads, it is read whole, and anyone could ask it again. */
export function isCacheable({ operation, settings, body, headers }: Call): boolean {
  if (operation.safety !== "safe" || settings.stream) return false;
  if (operation.method !== "GET" && operation.method !== "HEAD" && !(settings.cache && body)) return false;
  if (body !== undefined && (body.kind === "one-shot" || body.data.length > 65_536)) return false;
  return isPlainRead(headers);
}

/** Whether nothing in the headers makes an answer its caller's own affair. */
export function isPlainRead(headers: Headers): boolean {
  return !ownAffair.some((name) => headers.has(name));
}

/** Whether an answer varies by what is not in the key. */
export function variesByCall({ headers }: { readonly headers: Headers }): boolean {
  const vary = headers.get("vary");
  return (vary ?? "").split(",").some((name) => ofOneCall.has(name.trim().toLowerCase()));
}

/** The headers of a call as its key has them. */
export function headersText(headers: Headers): string {
  let text = "";
  for (const [name, value] of headers) if (!ofOneCall.has(name)) text += `\n${name}: ${value}`;
  return text;
}

/** All that an answer depends on, as one text: whose it is, the address, every header, and the body where one is sent. */
export function cacheKey(provider: string, tenant: string, { operation, url, headers, body }: Call): string {
  const key = `${provider}\n${tenant}\n${operation.method} ${url}${headersText(headers)}`;
  return body === undefined || body.kind === "one-shot" ? key : `${key}\n\n${bodyText(body.data)}`;
}

/** What keys are called where others see them. */
export interface KeyDigests {
  /** The name, where it was reckoned before. */
  known(key: string): string | undefined;
  find(key: string): Promise<string>;
}

/** Names keys for others: HMAC-SHA-256 (RFC 2104) under a secret, as base64url, so that they tell nothing. */
export function createKeyDigests(secret: string): KeyDigests {
  const encoder = new TextEncoder();
  const hash = { name: "HMAC", hash: "SHA-256" };
  const imported = crypto.subtle.importKey("raw", encoder.encode(secret), hash, false, ["sign"]);
  const reckon = async (key: string) => {
    const bytes = new Uint8Array(await crypto.subtle.sign("HMAC", await imported, encoder.encode(key)));
    return btoa(String.fromCharCode(...bytes))
      .replaceAll("+", "-")
      .replaceAll("/", "_")
      .replace("=", "");
  };
  // The platform does it elsewhere, which takes longer than all else: a key that is asked for often is reckoned once.
  const known = new LRUCache<string, string>({
    maxSize: maxKnownChars,
    sizeCalculation: (_, key) => key.length + 100,
  });
  return {
    known: (key) => known.get(key),
    async find(key) {
      let digest = known.get(key);
      if (digest === undefined) {
        digest = await reckon(key);
        known.set(key, digest);
      }
      return digest;
    },
  };
}
