import { CallError } from "../errors/call-error.js";
import type { Call, CallSettings } from "../pipeline/call.js";
import type { Next, PolicyContext } from "../pipeline/policy.js";
import type { Reply } from "../pipeline/reply.js";
import { randomUuid } from "../platform/random.js";
import { askProvider } from "./answer.js";
import type { KeyDigests } from "./cache-key.js";
import type { Entry, Prepare } from "./entry.js";
import { ageMs, freshMs, isNegative, staleMs } from "./freshness.js";
import { KeptReply } from "./kept-reply.js";
import type { MemoryTier } from "./memory-tier.js";
import type { SharedTier } from "./shared-tier.js";
import { isReusable, type Wish } from "./wish.js";

/** Where answers are kept. */
export interface Tiers {
  readonly memory: MemoryTier;
  readonly shared: SharedTier | undefined;
  /** How old an entry of this process may be before others are asked whether it was called back. */
  readonly trustMs: () => number;
  readonly digests: KeyDigests;
  /** Calls, by their settings, for which nothing was found in what processes share. */
  readonly missed: WeakSet<CallSettings>;
  readonly leaseMs: number;
  readonly prepare: Prepare;
}

/** What is looked up. */
export interface Search {
  readonly key: string;
  readonly call: Call;
  /** The point among invalidations at which it began. */
  readonly point: number;
  readonly next: Next;
  readonly wish: Wish;
  /** Of a refresh: only what is newer than this is news. */
  readonly newerThan: Entry | undefined;
  readonly suits: (entry: Entry) => boolean;
}

/** What was found; `refresh` is an entry that is stale, and should be refreshed. Undefined: another process refreshes it. */
export type Lookup = { readonly reply: Reply; readonly refresh?: Entry | undefined } | undefined;

// How often a process looks whether the one that holds the lock is done.
const firstPollMs = 10;
const longestPollMs = 100;

/** Keeps a lock for as long as something takes. */
async function holding<T>(
  { clock }: PolicyContext,
  everyMs: number,
  renew: (() => Promise<unknown>) | undefined,
  work: () => Promise<T>,
): Promise<T> {
  if (renew === undefined) return work();
  let cancel = () => {};
  let isOver = false;
  const arm = () => {
    cancel = clock.schedule(everyMs, () => {
      void renew().then(() => isOver || arm());
    });
  };
  arm();
  try {
    return await work();
  } finally {
    isOver = true;
    cancel();
  }
}

/** Looks in what processes share, then asks the provider: of all processes one, where the answer may serve the others. */
export async function lookUp(tiers: Tiers, context: PolicyContext, search: Search): Promise<Lookup> {
  const { memory, shared } = tiers;
  const { profile, clock } = context;
  const { key, call, point, wish, newerThan, suits } = search;
  const digest = shared ? await tiers.digests.find(key) : "";
  let known = memory.get(key, clock.monotonic(), tiers.trustMs());

  const learn = (entry: Entry | undefined) => {
    if (entry === undefined || (known && known.validatedAtMs > entry.validatedAtMs)) return;
    known = entry;
    memory.set(key, entry, point, clock.monotonic());
  };
  const leftMs = (entry: Entry) => freshMs(entry, wish) - ageMs(entry, clock.now());
  /** What is known, if that is what was looked for. */
  const found = (): Lookup => {
    if (known === undefined || !suits(known)) return undefined;
    if (newerThan && known.validatedAtMs <= newerThan.validatedAtMs) return undefined;
    if (leftMs(known) > 0) return { reply: new KeptReply(known, call.url, "hit") };
    if (newerThan || leftMs(known) + staleMs(known, wish, "staleWhileRevalidateMs") <= 0) return undefined;
    return { reply: new KeptReply(known, call.url, "stale"), refresh: known };
  };
  /** What is known, where the provider fails. */
  const standIn = (): Lookup =>
    known && suits(known) && leftMs(known) + staleMs(known, wish, "staleIfErrorMs") > 0
      ? { reply: new KeptReply(known, call.url, "stale") }
      : undefined;

  if (shared && !tiers.missed.has(call.settings)) {
    learn(await shared.read(digest, wish.tags));
    const hit = found();
    if (hit) return hit;
  }

  const leaseMs = isReusable(wish, profile) ? tiers.leaseMs : 0;
  const token = randomUuid();
  const tags = known ? [...new Set([...wish.tags, ...known.tags])] : wish.tags;
  const claimOnce = () => shared?.claim(digest, tags, token, leaseMs);
  let claim = await claimOnce();
  const settle = async (entry?: Entry, ttlMs = 0, isGone = false) => {
    if (!shared || !claim) return;
    const outcome = await shared.publish(digest, tags, { token, marks: claim.marks, entry, ttlMs, isGone });
    if (entry && outcome === "called back") memory.delete(key);
  };
  for (let pollMs = firstPollMs; claim; pollMs = Math.min(pollMs * 1.5, longestPollMs)) {
    learn(claim.entry);
    const hit = found();
    if (hit) {
      if (claim.won) await settle();
      return hit;
    }
    if (claim.won) break;
    if (newerThan) return undefined;
    await clock.sleep(pollMs, call.signal);
    claim = await claimOnce();
  }

  try {
    const renew = claim && leaseMs > 0 ? async () => claimOnce() : undefined;
    const {
      reply,
      verdict,
      entry: answer,
      keepMs,
    } = await holding(context, tiers.leaseMs / 3, renew, () =>
      askProvider(context, clock, call, search.next, wish, known && suits(known) ? known : undefined),
    );
    const entry = answer && tiers.prepare(answer);
    const isFailure = verdict === "transient" || verdict === "throttled";
    const isGone = !entry && isNegative(reply.status);
    if (entry) memory.set(key, entry, point, clock.monotonic());
    else if (isGone) memory.delete(key);
    await settle(entry, keepMs, isGone);
    return (isFailure && standIn()) || { reply };
  } catch (error) {
    await settle();
    const old = CallError.isInstance(error) ? standIn() : undefined;
    if (old === undefined) throw error;
    return old;
  }
}
