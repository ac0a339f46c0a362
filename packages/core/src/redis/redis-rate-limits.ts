import { tenantFingerprint } from "../auth/tenant-fingerprint.js";
import { ConfigurationError } from "../errors/configuration-error.js";
import type { Tenant } from "../pipeline/call.js";
import { type Clock, systemClock } from "../platform/clock.js";
import { randomUuid } from "../platform/random.js";
import type { GrantSource, Reservation, Share } from "../rate-limit/grant-source.js";
import { takeGrants } from "./grant-script.js";
import { type LeasedGrants, leasedGrants } from "./leased-grants.js";
import { createPauseChannel, pauseKeyOf } from "./pause-channel.js";
import type { RedisLink } from "./redis-link.js";
import { type ShareLine, shareLine } from "./share-line.js";
import { floorUs, inMicroseconds, reserveAlone, type SharedLimit } from "./shared-limit.js";

/** How processes share their limits. */
export interface RedisRateLimitsOptions {
  /** `nodeRedis(client)`, `ioredis(client)` or `upstash({ url, token })`. */
  readonly redis: RedisLink;
  /** A secret of yours, the same in all processes: keys name a credential by an HMAC with it, and never hold one. */
  readonly keySecret: string;
  /** What all keys begin with; processes share their limits where it is the same. @default "connectry:limits" */
  readonly prefix?: string | undefined;
  /** How many processes share a limit, for as long as Redis has not said so: each goes on with such a part of it. @default 1 */
  readonly processes?: number | undefined;
  /** How long a process counts as one of them after its last call. Milliseconds. @default 15_000 */
  readonly presenceMs?: number | undefined;
  /**
   * Grants taken in one trip where so many calls wait, also such as lie ahead. More of them cost Redis less and let a call of
   * another process wait longer; those that no one uses in time are lost. @default 1: what the limits allow at once
   */
  readonly leaseSize?: number | undefined;
  readonly clock?: Clock | undefined;
}

/** Rate limits that processes share. */
export interface RedisRateLimits extends GrantSource {
  /** Ends its subscription, which keeps a process alive like any connection. */
  close(): Promise<void>;
}

// As many as can be under way at once, without other options.
const mostAtOnce = 50;

interface SharedTenant {
  readonly tag: Promise<string>;
  readonly limits: Map<string, SharedLimit>;
  readonly leases: Map<string, LeasedGrants>;
  /** What the calls that the same limits hold back cost, as long as that is the same for all. */
  readonly costs: Map<string, string>;
  processes: number | undefined;
  announcedAtMs: number;
}

function check({ keySecret, prefix = "", processes = 1, leaseSize = 1, presenceMs = 1 }: RedisRateLimitsOptions): void {
  const fail = (why: string) => {
    throw new ConfigurationError(`redisRateLimits: ${why}.`);
  };
  if (typeof keySecret !== "string" || keySecret === "") fail("`keySecret` is needed, the same in all processes");
  // The first braces of a key are its hash tag.
  if (/[{}]/.test(prefix)) fail("`prefix` must be without braces");
  if (!(processes >= 1)) fail("`processes` must be at least 1");
  if (!(Number.isInteger(leaseSize) && leaseSize >= 1 && leaseSize <= 1_000))
    fail("`leaseSize` is a count up to 1,000");
  if (!(presenceMs >= 1)) fail("`presenceMs` must be at least 1");
}

/**
 * Rate limits that all processes on one Redis keep together, on Redis' clock: at most one trip for a grant, and a pause that
 * one is told holds for all. While Redis is away each keeps to its part of the limit, and no call fails for that. Throws
 * ConfigurationError.
 */
export function redisRateLimits(options: RedisRateLimitsOptions): RedisRateLimits {
  check(options);
  const { redis, keySecret, prefix = "connectry:limits", leaseSize = 1, clock = systemClock } = options;
  const keptMs = Math.ceil(options.presenceMs ?? 15_000);
  const processId = randomUuid();
  const pauses = createPauseChannel(redis, prefix);

  // By the function that all calls of a credential have in common: gone with the credential.
  const tenants = new WeakMap<Tenant["derive"], SharedTenant>();
  const sharedOf = (tenant: Tenant): SharedTenant => {
    let shared = tenants.get(tenant.derive);
    if (shared === undefined) {
      const tag = tenantFingerprint(tenant, keySecret);
      shared = {
        tag,
        limits: new Map(),
        leases: new Map(),
        costs: new Map(),
        processes: undefined,
        announcedAtMs: -Infinity,
      };
      tenants.set(tenant.derive, shared);
    }
    return shared;
  };
  const limitIn =
    ({ limits }: SharedTenant) =>
    ({ name }: Share) => {
      const limit = limits.get(name) ?? { seen: undefined, ownTatMs: undefined };
      limits.set(name, limit);
      return limit;
    };
  const leasesIn = ({ leases }: SharedTenant, { key, toleranceMs }: ShareLine) => {
    const leased = leases.get(key) ?? leasedGrants(toleranceMs);
    leases.set(key, leased);
    return leased;
  };
  /** Whether a grant for this call is good for all that wait with it. */
  const isForAll = ({ costs }: SharedTenant, { names, costs: own }: ShareLine): boolean => {
    const known = costs.get(names) ?? own;
    costs.set(names, known === own ? own : "several");
    return known === own;
  };

  /** A grant of Redis. What comes with it is leased. */
  const reserveShared = async (
    shared: SharedTenant,
    scope: string,
    shares: readonly Share[],
    waiting: number,
  ): Promise<Reservation> => {
    const tag = await shared.tag;
    const askedAtMs = clock.monotonic();
    const limitOf = limitIn(shared);
    const parts = shared.processes ?? options.processes ?? 1;
    const isDue = askedAtMs - shared.announcedAtMs >= Math.min(1_000, keptMs / 3);
    const { nowUs, processes, delaysUs, tatsUs, laterUs } = await takeGrants(redis, {
      limits: shares.map((share) => ({
        key: `${prefix}:{${tag}}:${share.name}`,
        ...inMicroseconds(share),
        floorUs: floorUs(limitOf(share), share, parts, askedAtMs),
      })),
      count: Math.min(leaseSize, waiting),
      most: isForAll(shared, shareLine(shares)) ? Math.min(mostAtOnce, waiting) : 1,
      pauseKey: pauseKeyOf(prefix, tag, scope),
      processesKey: `${prefix}:{${tag}}:processes`,
      presence: isDue ? { processId, keptMs } : undefined,
    });
    const atMs = clock.monotonic();
    if (isDue) shared.announcedAtMs = askedAtMs;
    // Fewer are they only where each had the time to announce itself: Redis may just have lost them.
    shared.processes = isDue ? processes : Math.max(shared.processes ?? 1, processes);
    shares.forEach((share, index) => {
      const limit = limitOf(share);
      limit.ownTatMs = undefined;
      // Answers may overtake each other.
      if (nowUs >= (limit.seen?.nowUs ?? 0)) limit.seen = { nowUs, tatUs: tatsUs[index] ?? 0, atMs };
    });
    const [firstMs, ...othersMs] = delaysUs.map((delayUs) => delayUs / 1_000);
    if (othersMs.length > 0) leasesIn(shared, shareLine(shares)).add(othersMs.map((delayMs) => atMs + delayMs));
    return firstMs === undefined ? { kind: "later", delayMs: laterUs / 1_000 } : { kind: "held", delayMs: firstMs };
  };

  return {
    reserve(tenant, scope, shares, waiting) {
      const shared = sharedOf(tenant);
      const nowMs = clock.monotonic();
      const leasedMs = shared.leases.get(shareLine(shares).key)?.next(nowMs);
      if (leasedMs !== undefined) return { kind: "held", delayMs: Math.max(0, leasedMs - nowMs) };
      return reserveShared(shared, scope, shares, waiting).catch(() => {
        const parts = shared.processes ?? options.processes ?? 1;
        return reserveAlone(shares, limitIn(shared), parts, clock.monotonic());
      });
    },
    pause(tenant, scope, pauseMs) {
      void sharedOf(tenant).tag.then((tag) => pauses.pause(tag, scope, pauseMs));
    },
    onPause(tenant, scope, listener) {
      void sharedOf(tenant).tag.then((tag) => pauses.listen(tag, scope, listener));
    },
    close: () => pauses.close(),
  };
}
