import { TimeoutError } from "../errors/timeout-error.js";
import type { Call, CallSettings } from "../pipeline/call.js";
import type { Next, Policy, PolicyContext } from "../pipeline/policy.js";
import type { Reply } from "../pipeline/reply.js";
import { timedOut } from "../pipeline/timed-out.js";
import { cacheKey, isCacheable } from "./cache-key.js";
import { refreshesEarly } from "./early-refresh.js";
import type { Entry } from "./entry.js";
import type { Flights } from "./flights.js";
import { ageMs, freshMs, staleMs } from "./freshness.js";
import type { Invalidations } from "./invalidations.js";
import { copied, KeptReply } from "./kept-reply.js";
import { type Lookup, lookUp, type Tiers } from "./look-up.js";
import type { TenantNames } from "./tenant-names.js";
import { type Wish, wishOf } from "./wish.js";

/** What a client's policy shares with those of other clients that have the same cache. */
export interface CacheParts extends Tiers {
  readonly flights: Flights<Lookup>;
  readonly names: TenantNames;
  readonly invalidations: Invalidations;
}

/** Whether an entry can be called back by all that the call names, and is not larger than it takes. */
export function suits({ tags, bodyBytes }: Entry, wish: Wish, { maxResponseBytes }: CallSettings): boolean {
  if (bodyBytes > maxResponseBytes) return false;
  for (const tag of wish.tags) if (!tags.includes(tag)) return false;
  return true;
}

/** Answers what may be answered from the cache, and has everything else asked once for all who want it at the time. */
export function cachePolicy(parts: CacheParts, context: PolicyContext): Policy {
  const { memory, flights, names } = parts;
  const { profile, clock, random } = context;

  const held = (key: string, call: Call, wish: Wish) => {
    const entry = memory.get(key, clock.monotonic(), parts.trustMs());
    return entry && suits(entry, wish, call.settings) ? entry : undefined;
  };

  /** One flight for a key and a wish: who takes older answers than others must not fetch for them. */
  const join = (key: string, call: Call, next: Next, wish: Wish, newerThan?: Entry) => {
    const { ttlMs, staleWhileRevalidateMs, staleIfErrorMs, negativeTtlMs, tags } = wish;
    const times = [ttlMs, staleWhileRevalidateMs, staleIfErrorMs, negativeTtlMs, call.settings.maxResponseBytes];
    return flights.join(JSON.stringify([key, times, tags]), call, tags, (flight) =>
      lookUp(parts, context, {
        key,
        call: flight.call,
        point: flight.point,
        next,
        wish,
        newerThan,
        suits: (entry) => suits(entry, wish, call.settings),
      }),
    );
  };

  /** Nobody waits for a refresh: it has the time that the call was allowed, and its failure is no one's. */
  const refresh = (key: string, call: Call, next: Next, wish: Wish, entry: Entry) => {
    const controller = new AbortController();
    const { allowedMs } = call.deadline;
    const cancel = clock.schedule(allowedMs, () =>
      controller.abort(timedOut(call.operation.id, "deadline", allowedMs)),
    );
    const deadline = { atMs: clock.monotonic() + allowedMs, allowedMs };
    join(key, { ...call, signal: controller.signal, deadline }, next, wish, entry).then(cancel, cancel);
  };

  /** What is at hand, if it is good enough for the call. */
  const atHand = (key: string, call: Call, next: Next, wish: Wish): Reply | undefined => {
    const entry = held(key, call, wish);
    if (entry === undefined) return undefined;
    const leftMs = freshMs(entry, wish) - ageMs(entry, clock.now());
    if (leftMs > 0) {
      if (refreshesEarly(leftMs, entry.fetchMs, random)) refresh(key, call, next, wish, entry);
      return new KeptReply(entry, call.url, "hit");
    }
    if (leftMs + staleMs(entry, wish, "staleWhileRevalidateMs") <= 0) return undefined;
    refresh(key, call, next, wish, entry);
    return new KeptReply(entry, call.url, "stale");
  };

  const fetched = async (key: string, call: Call, next: Next, wish: Wish): Promise<Reply> => {
    try {
      for (;;) {
        const found = await join(key, call, next, wish);
        // A refresh that another process was quicker with: what that found is there to be looked up.
        if (found === undefined) continue;
        if (found.refresh) refresh(key, call, next, wish, found.refresh);
        return copied(found.reply);
      }
    } catch (error) {
      // The caller's own time is up, and with it the provider's chance to answer.
      const entry = TimeoutError.isInstance(error) && error === call.signal.reason ? held(key, call, wish) : undefined;
      if (entry === undefined) throw error;
      const leftMs = freshMs(entry, wish) + staleMs(entry, wish, "staleIfErrorMs") - ageMs(entry, clock.now());
      if (leftMs <= 0) throw error;
      return new KeptReply(entry, call.url, "stale");
    }
  };

  return {
    name: "cache",
    send(call, next) {
      const { tenant } = call;
      const wish = tenant && isCacheable(call) ? wishOf(call.operation, call.settings, profile.id) : undefined;
      if (tenant === undefined || wish === undefined) return next(call);
      const answer = (name: string) => {
        const key = cacheKey(profile.id, name, call);
        const reply = atHand(key, call, next, wish);
        return reply ? Promise.resolve(reply) : fetched(key, call, next, wish);
      };
      const name = names.known(tenant);
      return name === undefined ? names.find(tenant).then(answer) : answer(name);
    },
  };
}
