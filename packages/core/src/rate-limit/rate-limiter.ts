import type { RateLimit } from "../connector/profile.js";
import type { Call, Operation } from "../pipeline/call.js";
import type { Clock } from "../platform/clock.js";
import { heldByKey } from "../platform/held-by-key.js";
import { type BulkheadOptions, createBulkhead } from "./bulkhead.js";
import { toGcra } from "./gcra.js";
import type { GrantSource, Reservation } from "./grant-source.js";
import { createPauseGate, type PauseGate } from "./pause-gate.js";
import { createTurnstile, type Leave, type Turnstile } from "./turnstile.js";

const minuteMs = 60_000;

/** How long all calls of a bucket pause at most: one absurd `Retry-After`, here or in another process, must not close it for years. */
const longestPauseMs = ({ settings }: Call) => Math.max(settings.maxRetryAfterMs, minuteMs);

const atOnce: Reservation = { kind: "held", delayMs: 0 };

/** Keeps a provider's limits, and how many attempts are under way, for each tenant and bucket apart. */
export interface RateLimiter {
  /** Lets an attempt out, at once or when its turn has come, as `Turnstile.pass` does. */
  pass(call: Call): Leave | Promise<Leave>;
  /** What holds back all calls that an answer to this one is about. */
  gateOf(call: Call): PauseGate;
  /**
   * The provider asked to wait: no such call goes out before, here or where the limits are shared, for the longer of a minute
   * and the call's `maxRetryAfterMs` at most.
   */
  pause(call: Call, pauseMs: number): void;
}

/** Makes a limiter of documented limits. Where there is none, slots, pauses and quotas alone hold a call back. */
export function createRateLimiter(
  limits: readonly RateLimit[],
  source: GrantSource,
  slots: BulkheadOptions,
  clock: Clock,
): RateLimiter {
  const rules = limits.map((limit, index) => ({ ...limit, gcra: toGcra(limit), index }));
  /** What holds an operation back. */
  const plan = ({ id, bucket, method }: Operation) => {
    const own = rules.filter((rule) => rule.bucket === bucket);
    const shares = own
      .map(({ per, index, gcra, costs = {} }) => ({
        name: `${bucket} ${index}${per ? ` ${id}` : ""}`,
        gcra,
        cost: costs[method] ?? costs["*"] ?? 1,
      }))
      .filter(({ cost }) => cost > 0);
    // Where each operation has a quota of its own and no other, an answer about one says nothing of the rest.
    const scope = own[0] && own.every(({ per }) => per) ? id : bucket;
    return {
      scope,
      shares,
      // Calls wait in one line where the same limits hold them back: a read does not stand behind writes that wait.
      line: shares.map(({ name }) => name).join() || scope,
      weight: Math.max(0, ...shares.map(({ cost }) => cost)),
      leastMs: Math.max(0, ...shares.map(({ gcra }) => gcra.intervalMs)),
    };
  };
  const plans = heldByKey((_, operation: Operation) => plan(operation));
  const planOf = ({ operation }: Call) => plans(operation.id, operation);

  // All of one tenant's bucket is held together, so that no call waits behind a gate that nobody knows any more.
  const buckets = heldByKey(
    () => ({
      bulkhead: createBulkhead(),
      gates: new Map<string, PauseGate>(),
      turnstiles: new Map<string, Turnstile>(),
    }),
    ({ bulkhead, gates }) =>
      bulkhead.running === 0 &&
      bulkhead.lines.size === 0 &&
      [...gates.values()].every((gate) => gate.opensAtMs() <= clock.monotonic()),
  );
  const bucketOf = ({ tenant, operation }: Call) => buckets(`${tenant?.id} ${operation.bucket}`);

  const gateOf = (call: Call): PauseGate => {
    const { gates } = bucketOf(call);
    const { scope } = planOf(call);
    let gate = gates.get(scope);
    if (gate === undefined) {
      const made = createPauseGate();
      gate = made;
      gates.set(scope, made);
      // Not the call: a listener outlives it by far.
      const longestMs = longestPauseMs(call);
      const hear = (pauseMs: number) => made.pause(clock.monotonic() + Math.min(pauseMs, longestMs));
      if (call.tenant) source.onPause?.(call.tenant, scope, hear);
    }
    return gate;
  };
  const turnstileOf = (call: Call, line: string): Turnstile => {
    const { bulkhead, turnstiles } = bucketOf(call);
    const turnstile = turnstiles.get(line) ?? createTurnstile(gateOf(call), bulkhead, slots, clock);
    turnstiles.set(line, turnstile);
    return turnstile;
  };

  return {
    gateOf,
    pass(call) {
      const { tenant } = call;
      const { scope, shares, line, weight, leastMs } = planOf(call);
      return turnstileOf(call, line).pass({
        call,
        weight,
        leastMs,
        reserve: (waiting) => (tenant && weight > 0 ? source.reserve(tenant, scope, shares, waiting) : atOnce),
      });
    },
    pause(call, askedMs) {
      const pauseMs = Math.min(askedMs, longestPauseMs(call));
      gateOf(call).pause(clock.monotonic() + pauseMs);
      if (call.tenant) source.pause?.(call.tenant, planOf(call).scope, pauseMs);
    },
  };
}
