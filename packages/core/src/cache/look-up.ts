import { CallError } from "../errors/call-errors.js";
import type { Call } from "../pipeline/call.js";
import type { Next, PolicyContext } from "../pipeline/policy.js";
import type { Reply } from "../pipeline/reply.js";
import type { Clock } from "../platform/clock.js";
import { randomUuid } from "../platform/random.js";
import { CachedReply } from "./entry/cached-reply.js";
import type { CacheEntry, PrepareEntry } from "./entry/entry.js";
import { ageMs, freshMs, isNegative, satisfies, staleMs } from "./entry/entry-freshness.js";
import { fetchEntry } from "./fetch-entry.js";
import { type CallCacheOptions, isReusable } from "./request/call-cache-options.js";
import type { CacheParts } from "./store/cache-parts.js";

/** What a lookup works with. */
export interface LookupParts extends Pick<CacheParts, "memory" | "shared" | "maxLocalAgeMs" | "digests"> {
  /** How long a process may hold the lease of a key before it must renew it. */
  readonly leaseMs: number;
  readonly prepare: PrepareEntry;
}

/** A response that is looked up. */
export interface LookupRequest {
  readonly key: string;
  readonly call: Call;
  /** The last invalidation when the lookup began. */
  readonly invalidationSequence: number;
  readonly next: Next;
  readonly options: CallCacheOptions;
  /** For a refresh: only an entry newer than this one ends the lookup. */
  readonly newerThan: CacheEntry | undefined;
}

/** What was found; `refresh` is a stale entry that should be refreshed. Undefined: another process is refreshing it. */
export type Lookup = { readonly reply: Reply; readonly refresh?: CacheEntry | undefined } | undefined;

// How often a process checks whether the holder of the lease is done.
const firstPollMs = 10;
const maxPollMs = 100;

/** Renews a lease while work is in progress. */
async function withRenewal<T>(
  { everyMs, renew, clock }: { everyMs: number; renew: (() => Promise<unknown>) | undefined; clock: Clock },
  work: () => Promise<T>,
): Promise<T> {
  if (renew === undefined) return work();
  let cancel = () => {};
  let isOver = false;
  const schedule = () => {
    cancel = clock.schedule(everyMs, () => {
      void renew().then(() => isOver || schedule());
    });
  };
  schedule();
  try {
    return await work();
  } finally {
    isOver = true;
    cancel();
  }
}

/** Looks in the shared store, then asks the provider: one process for all of them, where they can use the response. */
export async function lookUp(parts: LookupParts, context: PolicyContext, request: LookupRequest): Promise<Lookup> {
  const { memory, shared } = parts;
  const { profile, clock } = context;
  const { key, call, invalidationSequence, next, options, newerThan } = request;
  const { url } = call;
  const digest = shared ? await parts.digests.find(key) : "";
  let known = memory.get(key, clock.monotonic(), parts.maxLocalAgeMs());

  const keep = (entry: CacheEntry) => memory.set(key, entry, { invalidationSequence, atMs: clock.monotonic() });
  const learn = (entry: CacheEntry | undefined) => {
    if (entry === undefined || (known && known.validatedAtMs > entry.validatedAtMs)) return;
    known = entry;
    keep(entry);
  };
  const leftMs = (entry: CacheEntry) => freshMs(entry, options) - ageMs(entry, clock.now());
  /** The known entry, if it is what was looked for. */
  const found = (): Lookup => {
    if (known === undefined || !satisfies(known, options, call.settings)) return undefined;
    if (newerThan && known.validatedAtMs <= newerThan.validatedAtMs) return undefined;
    if (leftMs(known) > 0) return { reply: new CachedReply(known, { url, cache: "hit" }) };
    if (newerThan || leftMs(known) + staleMs(known, options, "staleWhileRevalidateMs") <= 0) return undefined;
    return { reply: new CachedReply(known, { url, cache: "stale" }), refresh: known };
  };
  /** The known entry, where the provider fails and the call accepts it. */
  const staleFallback = (): Lookup =>
    known && satisfies(known, options, call.settings) && leftMs(known) + staleMs(known, options, "staleIfErrorMs") > 0
      ? { reply: new CachedReply(known, { url, cache: "stale" }) }
      : undefined;

  if (shared && !call.settings.isKnownCacheMiss) {
    learn(await shared.read(digest, options.tags));
    const hit = found();
    if (hit) return hit;
  }

  const leaseMs = isReusable(options, profile) ? parts.leaseMs : 0;
  const token = randomUuid();
  const tags = known ? [...new Set([...options.tags, ...known.tags])] : options.tags;
  const claim = () => shared?.claim(digest, tags, { token, leaseMs });
  let lease = await claim();
  /** Ends the lease: stores an entry, removes one that is gone, or leaves the store as it is. */
  const publish = async ({
    entry,
    ttlMs = 0,
    isGone = false,
  }: {
    entry?: CacheEntry;
    ttlMs?: number;
    isGone?: boolean;
  }) => {
    if (!shared || !lease) return;
    const { tagVersions } = lease;
    const result = await shared.publish(digest, tags, { token, tagVersions, entry, ttlMs, isGone });
    if (entry && result === "invalidated") memory.delete(key);
  };
  for (let pollMs = firstPollMs; lease; pollMs = Math.min(pollMs * 1.5, maxPollMs)) {
    learn(lease.entry);
    const hit = found();
    if (hit) {
      if (lease.won) await publish({});
      return hit;
    }
    if (lease.won) break;
    if (newerThan) return undefined;
    await clock.sleep(pollMs, call.signal);
    lease = await claim();
  }

  try {
    const renew = lease && leaseMs > 0 ? async () => claim() : undefined;
    const usable = known && satisfies(known, options, call.settings) ? known : undefined;
    const fetched = await withRenewal({ everyMs: parts.leaseMs / 3, renew, clock }, () =>
      fetchEntry({ call, next, options, known: usable }, context),
    );
    const { reply, keepMs } = fetched;
    const entry = fetched.entry && parts.prepare(fetched.entry);
    const isGone = !entry && isNegative(reply.status);
    if (entry) keep(entry);
    else if (isGone) memory.delete(key);
    await publish({ ...(entry && { entry }), ttlMs: keepMs, isGone });
    const { kind } = reply.verdict;
    const isFailure = kind === "transient" || kind === "throttled";
    return (isFailure && staleFallback()) || { reply };
  } catch (error) {
    await publish({});
    const stale = CallError.isInstance(error) ? staleFallback() : undefined;
    if (stale === undefined) throw error;
    return stale;
  }
}
