import type { RateLimit } from "../connector/profile.js";
import type { Call } from "../pipeline/call.js";
import type { Clock } from "../platform/clock.js";
import { toGcra } from "./gcra.js";
import type { GrantSource } from "./grant-source.js";
import { createPauseGate, type PauseGate } from "./pause-gate.js";
import { createTurnstile, type Turnstile } from "./turnstile.js";

const maxHeld = 10_000;

/** Keeps a provider's limits, for each tenant and bucket apart. */
export interface RateLimiter {
  /** Undefined where the call may go at once, else a promise of its turn, which rejects as `Turnstile.pass` does. */
  pass(call: Call): Promise<void> | undefined;
  /** What holds back all calls of that tenant's bucket. */
  gateOf(call: Call): PauseGate;
  /** The provider asked to wait: no call of that tenant's bucket goes out before, here or where the limits are shared. */
  pause(call: Call, pauseMs: number): void;
}

/** What is held for a key, made when it is first asked for; above 10,000, those that hold nothing are let go of. */
function held<T>(make: (call: Call) => T, isIdle: (value: T) => boolean): (key: string, call: Call) => T {
  const values = new Map<string, T>();
  let sweepAt = maxHeld;
  return (key, call) => {
    let value = values.get(key);
    if (value === undefined) {
      if (values.size >= sweepAt) {
        for (const [old, it] of values) if (isIdle(it)) values.delete(old);
        sweepAt = Math.max(maxHeld, 2 * values.size);
      }
      value = make(call);
      values.set(key, value);
    }
    return value;
  };
}

/** Makes a limiter of documented limits. Where there is none, pauses and quotas alone hold a call back. */
export function createRateLimiter(limits: readonly RateLimit[], source: GrantSource, clock: Clock): RateLimiter {
  const rules = limits.map((limit, index) => {
    const gcra = toGcra(limit);
    const { bucket, per, costs = { "*": 1 } } = limit;
    const costOf = (method: string) => costs[method] ?? costs["*"] ?? 1;
    return {
      bucket,
      per,
      gcra,
      costOf,
      name: `${bucket} ${index}`,
      leastMs: gcra.intervalMs * Math.min(...Object.values(costs)),
    };
  });
  const rulesOf = (bucket: string) => rules.filter((rule) => rule.bucket === bucket);

  const gates = held(
    ({ tenant, operation: { bucket } }) => {
      const gate = createPauseGate();
      if (tenant) source.onPause?.(tenant, bucket, (pauseMs) => gate.pause(clock.monotonic() + pauseMs));
      return gate;
    },
    ({ opensAtMs }) => opensAtMs <= clock.monotonic(),
  );
  const gateOf = (call: Call) => gates(`${call.tenant?.id} ${call.operation.bucket}`, call);

  const turnstiles = held<Turnstile>(
    (call) =>
      createTurnstile(
        gateOf(call),
        clock,
        Math.max(0, ...rulesOf(call.operation.bucket).map(({ leastMs }) => leastMs)),
      ),
    ({ isIdle }) => isIdle,
  );

  return {
    gateOf,
    pass(call) {
      const { tenant, deadline, signal, settings } = call;
      const { id, bucket, method } = call.operation;
      if (tenant === undefined) return undefined;
      const own = rulesOf(bucket);
      const shares = own
        .map(({ per, name, gcra, costOf }) => ({ name: per ? `${name} ${id}` : name, gcra, cost: costOf(method) }))
        .filter(({ cost }) => cost > 0);
      // Operations with quotas of their own do not wait for each other.
      const line = own.some(({ per }) => per) ? id : bucket;
      return turnstiles(`${tenant.id} ${line}`, call).pass({
        operation: id,
        fairnessKey: settings.fairnessKey ?? "",
        weight: Math.max(0, ...shares.map(({ cost }) => cost)),
        reserve: (waiting) => (shares.length > 0 ? source.reserve(tenant, bucket, shares, waiting) : 0),
        deadlineMs: deadline.atMs,
        signal,
      });
    },
    pause(call, pauseMs) {
      gateOf(call).pause(clock.monotonic() + pauseMs);
      if (call.tenant) source.pause?.(call.tenant, call.operation.bucket, pauseMs);
    },
  };
}
