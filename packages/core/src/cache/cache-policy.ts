import { TimeoutError } from "../errors/call-errors.js";
import type { Call } from "../pipeline/call.js";
import type { Next, Policy, PolicyContext } from "../pipeline/policy.js";
import type { Reply } from "../pipeline/reply.js";
import { createTimeoutError } from "../pipeline/with-timeout.js";
import { providerKey } from "../provider/provider-key.js";
import { CachedReply, copyReply } from "./entry/cached-reply.js";
import { shouldRefreshEarly } from "./entry/early-refresh.js";
import type { CacheEntry } from "./entry/entry.js";
import { ageMs, freshMs, satisfies, staleMs } from "./entry/entry-freshness.js";
import { type Lookup, type LookupParts, lookUp } from "./look-up.js";
import { cacheKey, isCacheable, keyHeaders } from "./request/cache-key.js";
import { type CallCacheOptions, resolveCallCacheOptions } from "./request/call-cache-options.js";
import type { CacheParts } from "./store/cache-parts.js";
import type { SingleFlights } from "./store/single-flight.js";

/** The parts of a cache that the policies of its clients share. */
export interface CachePolicyParts extends CacheParts, LookupParts {
  readonly lookups: SingleFlights<Lookup>;
}

/** A call on its way through the cache. */
interface CachedCall {
  readonly key: string;
  readonly call: Call;
  readonly next: Next;
  readonly options: CallCacheOptions;
}

/** Serves what it can from the cache, and requests everything else once for all callers that want it at the same time. */
export function cachePolicy(parts: CachePolicyParts, context: PolicyContext): Policy {
  const { memory, lookups, names } = parts;
  const { profile, clock, random } = context;
  const provider = providerKey(profile);

  const localEntry = ({ key, call, options }: CachedCall) => {
    const entry = memory.get(key, clock.monotonic(), parts.maxLocalAgeMs());
    return entry && satisfies(entry, options, call.settings) ? entry : undefined;
  };

  /** Joins the lookup of calls with the same key and options: a call that accepts older responses must not fetch for others. */
  const join = ({ key, call, next, options }: CachedCall, newerThan?: CacheEntry) => {
    const { ttlMs, staleWhileRevalidateMs, staleIfErrorMs, negativeTtlMs, tags } = options;
    const times = [ttlMs, staleWhileRevalidateMs, staleIfErrorMs, negativeTtlMs, call.settings.maxResponseBytes];
    const { signal, deadline } = call;
    return lookups.join({ key: JSON.stringify([key, times, tags]), tags, signal, deadline }, (flight) =>
      lookUp(parts, context, {
        key,
        call: { ...call, signal: flight.signal, deadline: flight.deadline ?? deadline },
        invalidationSequence: flight.invalidationSequence,
        next,
        options,
        newerThan,
      }),
    );
  };

  /** Refreshes an entry in the background, within the time that the call was allowed. No caller sees its failure. */
  const refresh = (cached: CachedCall, entry: CacheEntry) => {
    const { call } = cached;
    const controller = new AbortController();
    const { allowedMs } = call.deadline;
    const cancel = clock.schedule(allowedMs, () =>
      controller.abort(createTimeoutError(call.operation.id, "deadline", allowedMs)),
    );
    const deadline = { atMs: clock.monotonic() + allowedMs, allowedMs };
    const settings = { ...call.settings, isRefresh: true };
    join({ ...cached, call: { ...call, settings, signal: controller.signal, deadline } }, entry).then(cancel, cancel);
  };

  /** The reply from the memory of this process, if the call accepts it. */
  const lookupLocal = (cached: CachedCall): Reply | undefined => {
    const entry = localEntry(cached);
    if (entry === undefined) return undefined;
    const { options } = cached;
    const { url } = cached.call;
    const leftMs = freshMs(entry, options) - ageMs(entry, clock.now());
    if (leftMs > 0) {
      if (shouldRefreshEarly(leftMs, entry.fetchMs, random)) refresh(cached, entry);
      return new CachedReply(entry, { url, cache: "hit" });
    }
    if (leftMs + staleMs(entry, options, "staleWhileRevalidateMs") <= 0) return undefined;
    refresh(cached, entry);
    return new CachedReply(entry, { url, cache: "stale" });
  };

  /** The entry that a call accepts when its own deadline has passed before the provider responded. */
  const fallbackAfterTimeout = (cached: CachedCall, error: unknown): Reply | undefined => {
    const { call, options } = cached;
    const isOwnTimeout = TimeoutError.isInstance(error) && error === call.signal.reason;
    const entry = isOwnTimeout ? localEntry(cached) : undefined;
    if (entry === undefined) return undefined;
    const leftMs = freshMs(entry, options) + staleMs(entry, options, "staleIfErrorMs") - ageMs(entry, clock.now());
    return leftMs > 0 ? new CachedReply(entry, { url: call.url, cache: "stale" }) : undefined;
  };

  const lookup = async (cached: CachedCall): Promise<Reply> => {
    try {
      for (;;) {
        const found = await join(cached);
        // Another process is refreshing the entry: its result is there when it is looked up again.
        if (found === undefined) continue;
        if (found.refresh) refresh(cached, found.refresh);
        return copyReply(found.reply);
      }
    } catch (error) {
      const stale = fallbackAfterTimeout(cached, error);
      if (stale === undefined) throw error;
      return stale;
    }
  };

  return {
    name: "cache",
    send(call, next) {
      const { tenant, operation, url, headers, body, settings } = call;
      if (tenant === undefined || !isCacheable(call)) return next(call);
      const sendAs = (name: string) => {
        const options = resolveCallCacheOptions(operation, settings, { provider, tenant: name });
        if (options === undefined) return next(call);
        const { method } = operation;
        const key = cacheKey({ provider, tenant: name, method, url, headers: keyHeaders(headers), body });
        const cached = { key, call, next, options };
        const reply = lookupLocal(cached);
        return reply ? Promise.resolve(reply) : lookup(cached);
      };
      const name = names.known(tenant);
      return name === undefined ? names.find(tenant).then(sendAs) : sendAs(name);
    },
  };
}
