import type { RateLimit } from "../connector/profile.js";
import type { Call, Operation } from "../pipeline/call.js";
import type { Clock } from "../platform/clock.js";
import { type Bulkhead, type BulkheadOptions, createBulkhead } from "./bulkhead.js";
import { toGcra } from "./gcra.js";
import type { GrantSource, Reservation } from "./grant-source.js";
import { createPauseGate, type PauseGate } from "./pause-gate.js";
import { createTurnstile, type Leave, type Turnstile } from "./turnstile.js";

const maxHeld = 10_000;
const atOnce: Reservation = { kind: "held", delayMs: 0 };

/** Keeps a provider's limits, and how many attempts are under way, for each tenant and bucket apart. */
export interface RateLimiter {
  /** Lets an attempt out, at once or when its turn has come, as `Turnstile.pass` does. */
  pass(call: Call): Leave | Promise<Leave>;
  /** What holds back all calls that an answer to this one is about. */
  gateOf(call: Call): PauseGate;
  /** The provider asked to wait: no such call goes out before, here or where the limits are shared. */
  pause(call: Call, pauseMs: number): void;
}

/** What is kept of a tenant. */
interface TenantState {
  /** By scope, by bucket, and by the names of the limits that hold a line back. */
  readonly gates: Map<string, PauseGate>;
  readonly bulkheads: Map<string, Bulkhead>;
  readonly turnstiles: Map<string, Turnstile>;
}

function kept<T>(values: Map<string, T>, key: string, make: () => T): T {
  let value = values.get(key);
  if (value === undefined) {
    value = make();
    values.set(key, value);
  }
  return value;
}

/** Makes a limiter of documented limits. Where there is none, slots, pauses and quotas alone hold a call back. */
export function createRateLimiter(
  limits: readonly RateLimit[],
  source: GrantSource,
  { concurrency, maxQueued }: BulkheadOptions,
  clock: Clock,
): RateLimiter {
  const rules = limits.map((limit, index) => ({ costs: { "*": 1 }, ...limit, gcra: toGcra(limit), index }));
  const rulesOf = ({ bucket }: Operation) => rules.filter((rule) => rule.bucket === bucket);
  // Where each operation has a quota of its own and no other, an answer about one says nothing of the rest.
  const scopeOf = (operation: Operation) =>
    rulesOf(operation).some(({ per }) => !per) ? operation.bucket : operation.id;

  const tenants = new Map<string, TenantState>();
  let sweepAt = maxHeld;
  /** Lets go of those that hold nothing. A line knows its gate and its slots, so they go together. */
  const sweep = () => {
    const isIdle = ({ gates, bulkheads, turnstiles }: TenantState) =>
      [...bulkheads.values(), ...turnstiles.values()].every((one) => one.isIdle) &&
      [...gates.values()].every(({ opensAtMs }) => opensAtMs <= clock.monotonic());
    for (const [id, state] of tenants) if (isIdle(state)) tenants.delete(id);
    // Where most of them hold something, each new one would look through all.
    sweepAt = Math.max(maxHeld, 2 * tenants.size);
  };
  const stateOf = ({ tenant }: Call) =>
    kept(tenants, `${tenant?.id}`, (): TenantState => {
      if (tenants.size >= sweepAt) sweep();
      return { gates: new Map(), bulkheads: new Map(), turnstiles: new Map() };
    });
  const gateOf = (call: Call) => {
    const { tenant, operation } = call;
    const scope = scopeOf(operation);
    return kept(stateOf(call).gates, scope, () => {
      const gate = createPauseGate();
      if (tenant) source.onPause?.(tenant, scope, (pauseMs) => gate.pause(clock.monotonic() + pauseMs));
      return gate;
    });
  };
  const turnstileOf = (call: Call, line: string) => {
    const { bulkheads, turnstiles } = stateOf(call);
    return kept(turnstiles, line, () => {
      const bulkhead = kept(bulkheads, call.operation.bucket, () => createBulkhead(concurrency));
      return createTurnstile(gateOf(call), bulkhead, maxQueued, clock);
    });
  };

  return {
    gateOf,
    pass(call) {
      const { tenant, operation, deadline, signal, settings } = call;
      const { id, bucket, method } = operation;
      const shares = rulesOf(operation)
        .map(({ per, index, gcra, costs }) => ({
          name: `${bucket} ${index}${per ? ` ${id}` : ""}`,
          gcra,
          cost: costs[method] ?? costs["*"] ?? 1,
        }))
        .filter(({ cost }) => cost > 0);
      // Calls wait in one line where the same limits hold them back: a read does not stand behind writes that wait.
      const line = shares.map(({ name }) => name).join();
      return turnstileOf(call, line || scopeOf(operation)).pass({
        operation: id,
        fairnessKey: settings.fairnessKey ?? "",
        weight: Math.max(0, ...shares.map(({ cost }) => cost)),
        leastMs: Math.max(0, ...shares.map(({ gcra }) => gcra.intervalMs)),
        reserve: (waiting) =>
          tenant && shares.length > 0 ? source.reserve(tenant, scopeOf(operation), shares, waiting) : atOnce,
        deadlineMs: deadline.atMs,
        signal,
      });
    },
    pause(call, pauseMs) {
      gateOf(call).pause(clock.monotonic() + pauseMs);
      if (call.tenant) source.pause?.(call.tenant, scopeOf(call.operation), pauseMs);
    },
  };
}
