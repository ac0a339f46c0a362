import { tenantFingerprint } from "../auth/tenant-fingerprint.js";
import { ConfigurationError } from "../errors/connectry-error.js";
import type { CredentialRef, Tenant } from "../pipeline/call.js";
import { type BoundedMemo, boundedMemo } from "../platform/bounded-memo.js";
import { type Clock, systemClock } from "../platform/clock.js";
import { randomUuid } from "../platform/random.js";
import { tickQueue } from "../platform/tick-queue.js";
import type { LimitCost, PermitRequest, RateLimitStore, Reservation } from "../rate-limit/rate-limit-store.js";
import type { RedisConnection } from "../redis-connection/redis-connection.js";
import { RedisUnavailableError } from "../redis-connection/redis-unavailable-error.js";
import { correctLimit } from "./correct-script.js";
import { type LeasedPermits, leasedPermits } from "./leased-permits.js";
import { type LimitGroup, limitGroup } from "./limit-group.js";
import { createPauseChannel, pauseKeyOf } from "./pause-channel.js";
import { permitScript, permitsRun, readPermits } from "./permit-script.js";
import { permitLimit, reserveOwnPart, type SharedLimit } from "./shared-limit.js";
import { SharedThrottle } from "./shared-throttle.js";

/** How processes share their limits. */
export interface RedisRateLimitsOptions {
  /** `nodeRedis(client)`, `ioredis(client)` or `upstash({ url, token })`. */
  readonly redis: RedisConnection;
  /** A secret of yours, the same in all processes: keys name a credential by an HMAC under it, and never contain one. */
  readonly keySecret: string;
  /** The beginning of all keys; processes with the same prefix share their limits. @default "connectry:limits" */
  readonly prefix?: string | undefined;
  /** How many processes share a limit, until Redis reports it: while Redis is unavailable, each uses one of as many parts. @default 1 */
  readonly processes?: number | undefined;
  /** How long a process counts as present after its last call. Milliseconds. @default 15_000 */
  readonly presenceMs?: number | undefined;
  /**
   * How many permits to reserve in one round trip where as many calls wait, also permits of the future. More cost Redis less and
   * delay calls of other processes; permits that are not used in time are lost. @default 1: those that the limits allow at once
   */
  readonly leaseSize?: number | undefined;
  /**
   * Called once when Redis cannot be used: from then on each process uses its part of the limits, until Redis is back. The error says why.
   * @default prints the message by `console.warn`
   */
  readonly onError?: ((error: Error) => void) | undefined;
  readonly clock?: Clock | undefined;
}

/** Rate limits that processes share. */
export interface RedisRateLimits extends RateLimitStore {
  /** Ends its subscription, which keeps a process alive like any connection. */
  close(): Promise<void>;
}

// How long the first connection may take, and how soon Redis is asked again meanwhile.
const startMs = 1_000;
const againMs = 50;
// The number of attempts that can be under way at once by default.
const maxAtOnce = 50;

/** The state of one tenant in this process. */
interface SharedTenant {
  readonly fingerprint: Promise<string>;
  /** Bounded, because each value of a parameter may have a limit. */
  readonly limits: BoundedMemo<SharedLimit>;
  leases: BoundedMemo<LeasedPermits, LimitGroup>;
  /** What calls with the same limits cost, as long as all of them cost the same. */
  readonly costs: BoundedMemo<{ known: string }, string>;
  processes: number | undefined;
  announcedAtMs: number;
}

/** A request for a permit that is shared, and the state of its tenant. */
interface SharedRequest {
  readonly shared: SharedTenant;
  readonly request: PermitRequest;
  readonly resolve: (reservation: Reservation) => void;
}

const warn = ({ message }: Error) => console.warn(message);

function checkOptions({
  keySecret,
  prefix = "",
  processes = 1,
  leaseSize = 1,
  presenceMs = 1,
}: RedisRateLimitsOptions): void {
  const fail = (message: string) => {
    throw new ConfigurationError(`redisRateLimits: ${message}.`);
  };
  if (typeof keySecret !== "string" || keySecret === "") fail("keySecret is required, the same in all processes");
  // The first braces of a key are its hash tag.
  if (/[{}]/.test(prefix)) fail("prefix must not contain braces");
  if (!(processes >= 1)) fail(`processes must be at least 1, got ${processes}`);
  if (!(Number.isInteger(leaseSize) && leaseSize >= 1 && leaseSize <= 1_000))
    fail(`leaseSize must be an integer from 1 to 1,000, got ${leaseSize}`);
  if (!(presenceMs >= 1)) fail(`presenceMs must be at least 1, got ${presenceMs}`);
}

const createLeases = (): SharedTenant["leases"] =>
  boundedMemo((_, { toleranceMs }: LimitGroup) => leasedPermits(toleranceMs));

function createTenant(tenant: Tenant, keySecret: string): SharedTenant {
  return {
    fingerprint: tenantFingerprint(tenant, keySecret),
    limits: boundedMemo(() => ({ lastSeen: undefined, lastReserved: undefined, ownTatMs: undefined })),
    leases: createLeases(),
    costs: boundedMemo((_, known) => ({ known })),
    processes: undefined,
    announcedAtMs: -Infinity,
  };
}

const limitIn =
  ({ limits }: SharedTenant) =>
  ({ name }: LimitCost): SharedLimit =>
    limits.get(name);

/** Whether a permit for this call is valid for all calls that wait for the same limits. */
function isForAll({ costs }: SharedTenant, { names, costs: own }: LimitGroup): boolean {
  const entry = costs.get(names, own);
  const isSame = entry.known === own;
  if (!isSame) entry.known = "several";
  return isSame;
}

/**
 * Rate limits that all processes on one Redis share, on the clock of Redis: at most one round trip for a permit, and a pause that
 * one process is asked for applies to all. While Redis is unavailable, each uses only its part of the limit, and no call fails
 * because of that. Throws ConfigurationError.
 */
export function redisRateLimits(options: RedisRateLimitsOptions): RedisRateLimits {
  checkOptions(options);
  const { redis, keySecret, prefix = "connectry:limits", leaseSize = 1, clock = systemClock, onError = warn } = options;
  const keptMs = Math.ceil(options.presenceMs ?? 15_000);
  const processId = randomUuid();
  const pauses = createPauseChannel(redis, prefix, processId);

  const tenants = new WeakMap<CredentialRef, SharedTenant>();
  const sharedOf = (tenant: Tenant): SharedTenant => {
    const shared = tenants.get(tenant.credentialRef) ?? createTenant(tenant, keySecret);
    tenants.set(tenant.credentialRef, shared);
    return shared;
  };
  const startedAtMs = clock.monotonic();
  // The number of processes that Redis last reported, of any tenant.
  let lastProcesses: number | undefined;
  let isReported = false;
  const processesOf = (shared: SharedTenant) => shared.processes ?? options.processes ?? lastProcesses ?? 1;

  /** Reserves a permit of this process's part, where Redis cannot be used. */
  const reserveAlone = (shared: SharedTenant, costs: readonly LimitCost[], error: Error): Reservation => {
    const nowMs = clock.monotonic();
    // Until Redis first replied, it is not known how many processes share the limits: they would all use the whole.
    const isUnknown = (shared.processes ?? options.processes ?? lastProcesses) === undefined;
    if (isUnknown && nowMs < startedAtMs + startMs) return { kind: "later", delayMs: againMs };
    const processes = processesOf(shared);
    if (!isReported) {
      const part = isUnknown
        ? "the whole of the limits, set `processes` to how many there are"
        : `1/${processes} of the limits`;
      onError(new RedisUnavailableError(`redisRateLimits: each process uses ${part}, because: ${error.message}`));
    }
    isReported = true;
    return reserveOwnPart(costs, limitIn(shared), { processes, nowMs });
  };

  /** Reserves a permit in Redis. Further permits that come with it are leased. */
  const reserveShared = async (shared: SharedTenant, request: PermitRequest): Promise<Reservation> => {
    const { scopes, costs } = request;
    const tenant = await shared.fingerprint;
    const waiting = Math.max(1, request.waiting());
    const requestedAtMs = clock.monotonic();
    const limitOf = limitIn(shared);
    const group = limitGroup(costs);
    const ownPart = { processes: processesOf(shared), nowMs: requestedAtMs };
    const isDue = requestedAtMs - shared.announcedAtMs >= Math.min(1_000, keptMs / 3);
    const { keys, args } = permitsRun({
      limits: costs.map((cost) => {
        const key = `${prefix}:{${tenant}}:${cost.name}${cost.sliding ? " sliding" : ""}`;
        return permitLimit({ key, limit: limitOf(cost), cost }, ownPart);
      }),
      count: costs.length > 0 ? Math.min(leaseSize, waiting) : 1,
      most: costs.length > 0 && isForAll(shared, group) ? Math.min(maxAtOnce, waiting) : 1,
      pauseKeys: scopes.map((scope) => pauseKeyOf(prefix, { tenant, scope })),
      processesKey: `${prefix}:{${tenant}}:processes`,
      presence: isDue ? { processId, keptMs } : undefined,
    });
    const reply = await redis.run(permitScript, keys, args);
    const { nowUs, processes, delaysUs, laterUs, states } = readPermits(reply);
    const atMs = clock.monotonic();
    if (isDue) shared.announcedAtMs = requestedAtMs;
    // A smaller number counts only once each process had the time to announce itself: Redis may just have lost them.
    shared.processes = isDue ? processes : Math.max(shared.processes ?? 1, processes);
    lastProcesses = shared.processes;
    isReported = false;
    const firstUs = delaysUs[0];
    for (const [index, cost] of costs.entries()) {
      const limit = limitOf(cost);
      const reserved = cost.sliding ? delaysUs.filter((delayUs) => delayUs > 0).length : delaysUs.length;
      const reservedMs = reserved * cost.cost * cost.gcra.intervalMs;
      if (firstUs !== undefined) limit.lastReserved = { atMs: atMs + firstUs / 1_000, ms: reservedMs };
      limit.ownTatMs = undefined;
      // Replies may overtake each other.
      const state = states[index];
      if (state && nowUs >= (limit.lastSeen?.nowUs ?? 0)) limit.lastSeen = { ...state, nowUs, atMs };
    }
    if (firstUs === undefined) return { kind: "later", delayMs: laterUs / 1_000 };
    const others = delaysUs.slice(1).map((delayUs) => atMs + delayUs / 1_000);
    if (others.length > 0) shared.leases.get(group.key, group).add(others);
    return { kind: "reserved", delayMs: firstUs / 1_000 };
  };

  // Once all calls of this tick wait.
  const reserveSoon = tickQueue<SharedRequest>((requests) => {
    for (const { shared, request, resolve } of requests)
      reserveShared(shared, request).then(resolve, (error: Error) =>
        resolve(reserveAlone(shared, request.costs, error)),
      );
  });

  return {
    reserve(request) {
      const { tenant, costs } = request;
      const shared = sharedOf(tenant);
      const nowMs = clock.monotonic();
      const leasedMs = shared.leases.peek(limitGroup(costs).key)?.next(nowMs);
      if (leasedMs !== undefined) return { kind: "reserved", delayMs: Math.max(0, leasedMs - nowMs) };
      return new Promise((resolve) => reserveSoon({ shared, request, resolve }));
    },
    correct({ tenant, cost, refundMs, aheadMs }) {
      const shared = sharedOf(tenant);
      const limit = limitIn(shared)(cost);
      // While Redis is unavailable, it is this process's part.
      if (limit.ownTatMs !== undefined)
        limit.ownTatMs = Math.max(limit.ownTatMs - refundMs * processesOf(shared), clock.monotonic() + aheadMs);
      void shared.fingerprint
        .then((known) => correctLimit(redis, `${prefix}:{${known}}:${cost.name}`, { refundMs, aheadMs }))
        // What is not given back is restored with time.
        .catch(() => {});
    },
    createThrottle({ tenant, scope }) {
      const shared = sharedOf(tenant);
      const target = shared.fingerprint.then((known) => ({ tenant: known, scope }));
      // Permits from before a pause must not be used after it.
      const dropLeases = () => {
        shared.leases = createLeases();
      };
      return new SharedThrottle({ redis, pauses, target, clock, onPause: dropLeases });
    },
    close: () => pauses.close(),
  };
}
