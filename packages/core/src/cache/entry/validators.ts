import type { Call } from "../../pipeline/call.js";
import { CachedHeaders } from "./cached-headers.js";
import type { CacheEntry } from "./entry.js";

type WithHeaders = Pick<CacheEntry, "headers">;

/** Whether the provider can be asked if a response is still valid. */
export function hasValidator({ headers }: WithHeaders): boolean {
  return /^(etag|last-modified): /m.test(headers.text);
}

/** The call as a conditional request: it asks whether the entry is still valid (RFC 9110, section 13.1). */
export function withValidators(call: Call, { headers: stored }: WithHeaders): Call {
  const etag = stored.headers.get("etag");
  const lastModified = stored.headers.get("last-modified");
  const conditions = {
    ...(etag !== null && { "if-none-match": etag }),
    ...(lastModified !== null && { "if-modified-since": lastModified }),
  };
  return { ...call, headers: { ...call.headers, ...conditions } };
}

const withoutWeak = (etag: string | null) => etag?.replace(/^W\//, "");

/** Whether a 304 is about this entry: one that names another validator is not (RFC 9111, section 4.3.4). */
export function isConfirmedBy({ headers: stored }: WithHeaders, headers: Headers): boolean {
  const etag = headers.get("etag");
  return etag === null || withoutWeak(etag) === withoutWeak(stored.headers.get("etag"));
}

/** The stored headers with those of a 304 merged over them, except those that describe a body, which a 304 does not have (RFC 9111, section 3.2). */
export function mergeStoredHeaders(stored: CachedHeaders, fresh: Headers): CachedHeaders {
  const merged = new Map(stored.headers);
  for (const [name, value] of fresh) {
    if (!/^content-(encoding|length|type|range)$/.test(name)) merged.set(name, value);
  }
  return CachedHeaders.of(merged);
}
