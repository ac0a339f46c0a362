import type { CacheBinding, CacheContext, CacheHit } from "../../client/cache-binding.js";
import { isUtf8 } from "../../platform/body-kind.js";
import { parseJson } from "../../platform/parse-json.js";
import { providerKey } from "../../provider/provider-key.js";
import { CachedReply } from "../entry/cached-reply.js";
import { mayRefreshEarly } from "../entry/early-refresh.js";
import type { CacheEntry } from "../entry/entry.js";
import { ageMs, freshMs, isNegative, satisfies } from "../entry/entry-freshness.js";
import { cacheKey, isPlainRead, keyHeaders } from "../request/cache-key.js";
import { isReusable, resolveCallCacheOptions } from "../request/call-cache-options.js";
import type { CacheParts } from "../store/cache-parts.js";
import { createShortWait } from "./short-wait.js";

/** A fresh entry as its caller gets it; undefined where the end of the pipeline must decide, such as for a 404. */
function toHit(entry: CacheEntry, url: string, parse = parseJson): CacheHit | undefined {
  const { status, kind, body, bodyBytes, frozen } = entry;
  if (isNegative(status)) return undefined;
  const response = new CachedReply(entry, { url, cache: "hit" });
  if (frozen && parse === parseJson) return { data: frozen.value, response };
  if (bodyBytes === 0) return { data: undefined, response };
  if (kind === "bytes") return { data: response.body, response };
  if (typeof body !== "string") return undefined;
  // Stored text is UTF-8.
  if (kind === "text") return isUtf8(response.headers.get("content-type")) ? { data: body, response } : undefined;
  try {
    return { data: parse(body), response };
  } catch {
    return undefined;
  }
}

/**
 * Creates the short way to a fresh response, for clients whose tenant is known from the start. It needs no deadline, headers
 * or policies, which would take longer than everything else: an entry was classified when it was stored.
 */
export function createReadFresh(parts: CacheParts, context: CacheContext): CacheBinding["readFresh"] {
  const { memory, shared, names, digests, invalidations, maxLocalAgeMs } = parts;
  const { profile, clock, headers: defaults, tenant } = context;
  const provider = providerKey(profile);
  const headers = isPlainRead(defaults) ? keyHeaders(defaults) : undefined;
  const shortWait = createShortWait(clock);
  return ({ operation, url, body, signal, settings }) => {
    if (tenant === undefined || headers === undefined || settings.stream || !settings.cache) return undefined;
    // Which account it is for, or that there is none of that name, the end of the pipeline decides.
    if (settings.account !== undefined) return undefined;
    const { safety, method } = operation;
    if (safety !== "safe" || method !== "GET" || body) return undefined;
    const name = names.known(tenant);
    if (name === undefined) return undefined;
    const options = resolveCallCacheOptions(operation, settings, { provider, tenant: name });
    if (options === undefined) return undefined;
    const key = cacheKey({ provider, tenant: name, method, url, headers, body: undefined });
    const leftMs = (entry: CacheEntry) =>
      satisfies(entry, options, settings) ? freshMs(entry, options) - ageMs(entry, clock.now()) : 0;
    const local = memory.get(key, clock.monotonic(), maxLocalAgeMs());
    if (local) {
      const localLeftMs = leftMs(local);
      // The policy decides whether to refresh an entry early.
      return localLeftMs > 0 && !mayRefreshEarly(localLeftMs, local.fetchMs)
        ? toHit(local, url, operation.parseJson)
        : undefined;
    }
    const digest = shared && isReusable(options, profile) ? digests.known(key) : undefined;
    if (shared === undefined || digest === undefined) return undefined;
    const { sequence: invalidationSequence } = invalidations;
    return shortWait(shared.read(digest, options.tags), signal).then((entry) => {
      if (entry === undefined) return "known-miss";
      if (entry === "late") return undefined;
      const atMs = clock.monotonic();
      const newer = memory.get(key, atMs, maxLocalAgeMs());
      if (!newer || newer.validatedAtMs < entry.validatedAtMs) memory.set(key, entry, { invalidationSequence, atMs });
      return leftMs(entry) > 0 ? toHit(entry, url, operation.parseJson) : undefined;
    });
  };
}
