import type { Call, Operation } from "../pipeline/call.js";
import { boundedMemo } from "../platform/bounded-memo.js";
import type { Clock } from "../platform/clock.js";
import type { RateLimit } from "../provider/profile.js";
import { type AdmissionQueue, createAdmissionQueue, type Release } from "./admission-queue.js";
import { type BulkheadOptions, createBulkhead } from "./bulkhead.js";
import { toGcra } from "./gcra.js";
import type { RateLimitStore, Reservation } from "./rate-limit-store.js";
import { createThrottleState, type ThrottleState } from "./throttle-state.js";

const minuteMs = 60_000;

/** The longest pause that all calls of a bucket share: one absurd `Retry-After`, here or in another process, must not close it for years. */
const longestPauseMs = ({ settings }: Call) => Math.max(settings.maxRetryAfterMs, minuteMs);

const immediately: Reservation = { kind: "reserved", delayMs: 0 };

/** Applies a provider's limits, and bounds the attempts under way, for each tenant and bucket. */
export interface RateLimiter {
  /** Admits an attempt, at once or when its turn has come, as `AdmissionQueue.acquire` does. */
  acquire(call: Call): Release | Promise<Release>;
  /** The state that blocks all calls to which a response to this one applies. */
  throttleFor(call: Call): ThrottleState;
  /**
   * The provider asked to wait: no such call is sent before, in this process or where the limits are shared, for at most the
   * longer of a minute and the call's `maxRetryAfterMs`.
   */
  pause(call: Call, pauseMs: number): void;
}

/** What a rate limiter is made of. */
export interface RateLimiterContext {
  /** Documented limits. Where there are none, only slots, pauses and quotas hold an invalidation. */
  readonly limits: readonly RateLimit[];
  readonly store: RateLimitStore;
  readonly slots: BulkheadOptions;
  readonly clock: Clock;
}

/** Which limits apply to an operation. */
function createPlanner(limits: readonly RateLimit[]) {
  const rules = limits.map((limit, index) => ({ ...limit, gcra: toGcra(limit), index }));
  return ({ id, bucket, method }: Operation) => {
    const own = rules.filter((rule) => rule.bucket === bucket);
    const costs = own
      .map(({ per, index, gcra, costs: costOf = {} }) => ({
        name: `${bucket} ${index}${per ? ` ${id}` : ""}`,
        gcra,
        cost: costOf[method] ?? costOf["*"] ?? 1,
      }))
      .filter(({ cost }) => cost > 0);
    // Where each operation has only a quota of its own, a response to one says nothing about the others.
    const scope = own[0] && own.every(({ per }) => per) ? id : bucket;
    return {
      scope,
      costs,
      // Calls with the same limits share a queue, so that a read never waits behind writes with a limit of their own.
      queueName: costs.map(({ name }) => name).join() || scope,
      weight: Math.max(0, ...costs.map(({ cost }) => cost)),
      minIntervalMs: Math.max(0, ...costs.map(({ gcra }) => gcra.intervalMs)),
    };
  };
}

/** Creates a limiter. */
export function createRateLimiter({ limits, store, slots, clock }: RateLimiterContext): RateLimiter {
  const planFor = createPlanner(limits);
  const plans = boundedMemo((_, operation: Operation) => planFor(operation));
  const planOf = ({ operation }: Call) => plans.get(operation.id, operation);

  // The state of one tenant's bucket is kept and dropped as a whole, so that no call waits on a state that is no longer known.
  const buckets = boundedMemo(
    () => ({
      bulkhead: createBulkhead(),
      throttles: new Map<string, ThrottleState>(),
      queues: new Map<string, AdmissionQueue>(),
    }),
    ({ bulkhead, throttles }) =>
      bulkhead.running === 0 &&
      bulkhead.queues.size === 0 &&
      [...throttles.values()].every((throttle) => throttle.blockedUntilMs() <= clock.monotonic()),
  );
  const bucketOf = ({ tenant, operation }: Call) => buckets.get(`${tenant?.id} ${operation.bucket}`);

  const throttleFor = (call: Call): ThrottleState => {
    const { throttles } = bucketOf(call);
    const { tenant } = call;
    const { scope } = planOf(call);
    const known = throttles.get(scope);
    if (known) return known;
    const throttle = createThrottleState();
    throttles.set(scope, throttle);
    // Only the number is captured, because the listener outlives the call by far.
    const longestMs = longestPauseMs(call);
    const listener = (pauseMs: number) => throttle.pause(clock.monotonic() + Math.min(pauseMs, longestMs));
    if (tenant) store.onPause?.({ tenant, scope }, listener);
    return throttle;
  };
  const queueFor = (call: Call, name: string): AdmissionQueue => {
    const { bulkhead, queues } = bucketOf(call);
    const queue = queues.get(name) ?? createAdmissionQueue({ throttle: throttleFor(call), bulkhead, slots, clock });
    queues.set(name, queue);
    return queue;
  };

  return {
    throttleFor,
    acquire(call) {
      const { tenant } = call;
      const { scope, costs, queueName, weight, minIntervalMs } = planOf(call);
      return queueFor(call, queueName).acquire({
        call,
        weight,
        minIntervalMs,
        reserve: (waiting) => (tenant && weight > 0 ? store.reserve({ tenant, scope, costs, waiting }) : immediately),
      });
    },
    pause(call, requestedMs) {
      const { tenant } = call;
      const pauseMs = Math.min(requestedMs, longestPauseMs(call));
      throttleFor(call).pause(clock.monotonic() + pauseMs);
      if (tenant) store.pause?.({ tenant, scope: planOf(call).scope }, pauseMs);
    },
  };
}
