import { LRUCache } from "lru-cache";
import type { Body, Call, CallHeaders } from "../../pipeline/call.js";
import { base64url, hmacSha256 } from "../../platform/hmac.js";

// These headers differ from call to call and do not change a response. All others are part of the key, so that responses
// for different accounts or versions can never be mixed up.
const perCallHeaders = new Set(["traceparent", "tracestate", "baggage"]);
// A call with one of these asks for a part of a response, sets a condition of its own, or uses a credential of its own.
const uncacheableHeaders = [
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

const maxBodyLength = 65_536;
const maxDigestChars = 1 << 20;

/** Whether the response to a call may be stored at all: the call only reads, is read whole, and can be repeated by others. */
export function isCacheable({ operation, settings, body, headers }: Call): boolean {
  if (operation.safety !== "safe" || settings.stream || settings.cache === false) return false;
  if (operation.method !== "GET" && operation.method !== "HEAD" && !(settings.cache && body)) return false;
  if (body !== undefined && (body.kind !== "replayable" || body.data.length > maxBodyLength)) return false;
  return isPlainRead(headers);
}

/** Whether no header makes the response specific to its caller. */
export function isPlainRead(headers: CallHeaders): boolean {
  return !uncacheableHeaders.some((name) => name in headers);
}

/** Whether a response varies by a header that is not part of the key. */
export function variesByCall(headers: Headers): boolean {
  const vary = headers.get("vary");
  return (vary ?? "").split(",").some((name) => perCallHeaders.has(name.trim().toLowerCase()));
}

const byName = ([a]: readonly string[], [b]: readonly string[]) => ((a ?? "") < (b ?? "") ? -1 : 1);

/** The headers of a call as its key contains them: in whatever order they were set. */
export function keyHeaders(headers: CallHeaders): string {
  let text = "";
  for (const [name, value] of Object.entries(headers).sort(byName))
    if (!perCallHeaders.has(name)) text += `\n${name}: ${value}`;
  return text;
}

/** Everything on which a response depends. */
export interface CacheKeyParts {
  readonly provider: string;
  /** The fingerprint of the tenant. */
  readonly tenant: string;
  readonly method: string;
  readonly url: string;
  /** The headers as `keyHeaders` writes them. */
  readonly headers: string;
  readonly body: Body | undefined;
}

/** The key of a response, as one text. */
export function cacheKey({ provider, tenant, method, url, headers, body }: CacheKeyParts): string {
  const key = `${provider}\n${tenant}\n${method} ${url}${headers}`;
  if (body?.kind !== "replayable") return key;
  const { data } = body;
  return typeof data === "string" ? `${key}\n\ntext ${data}` : `${key}\n\nbytes ${String.fromCharCode(...data)}`;
}

/** The names of keys where other processes see them. */
export interface KeyDigests {
  /** The digest of a key that was computed before. */
  known(key: string): string | undefined;
  find(key: string): Promise<string>;
}

/** Digests keys by HMAC-SHA-256 (RFC 2104) under a secret, as base64url, so that they reveal nothing. */
export function createKeyDigests(secret: string): KeyDigests {
  const hmac = hmacSha256(secret);
  // The platform computes a digest on another thread, which takes longer than everything else of a hit.
  const known = new LRUCache<string, string>({
    maxSize: maxDigestChars,
    sizeCalculation: (_, key) => key.length + 100,
  });
  return {
    known: (key) => known.get(key),
    async find(key) {
      let digest = known.get(key);
      if (digest === undefined) {
        digest = base64url(await hmac(key));
        known.set(key, digest);
      }
      return digest;
    },
  };
}
