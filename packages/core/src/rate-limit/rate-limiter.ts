import type { RateLimit } from "../connector/profile.js";
import type { Call } from "../pipeline/call.js";
import type { Clock } from "../platform/clock.js";
import { type Gcra, toGcra } from "./gcra.js";
import type { GrantSource, Share } from "./grant-source.js";
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

/** What is kept for one tenant's bucket. */
interface Bucket {
  readonly gate: PauseGate;
  readonly rules: readonly Rule[];
  /** Operations with quotas of their own do not wait for each other. */
  readonly lines: Map<string, Turnstile>;
}

interface Rule extends Pick<RateLimit, "bucket" | "per"> {
  readonly name: string;
  readonly gcra: Gcra;
  readonly costs: NonNullable<RateLimit["costs"]>;
}

/** Makes a limiter of documented limits. Where there is none, pauses and quotas alone hold a call back. */
export function createRateLimiter(limits: readonly RateLimit[], source: GrantSource, clock: Clock): RateLimiter {
  const rules = limits.map((limit, index): Rule => {
    const { bucket, per, costs = {} } = limit;
    return { bucket, per, costs: { "*": 1, ...costs }, gcra: toGcra(limit), name: `${bucket} ${index}` };
  });

  const buckets = new Map<string, Bucket>();
  let sweepAt = maxHeld;
  /** Lets go of what holds nothing. */
  const sweep = () => {
    for (const [key, { gate, lines }] of buckets) {
      const isIdle = [...lines.values()].every((line) => line.isIdle);
      if (isIdle && gate.opensAtMs <= clock.monotonic()) buckets.delete(key);
    }
    // Where most of them hold something, each new one would look through all.
    sweepAt = Math.max(maxHeld, 2 * buckets.size);
  };
  const bucketOf = ({ tenant, operation }: Call): Bucket => {
    const key = `${tenant?.id} ${operation.bucket}`;
    let bucket = buckets.get(key);
    if (bucket === undefined) {
      if (buckets.size >= sweepAt) sweep();
      const gate = createPauseGate();
      if (tenant) source.onPause?.(tenant, operation.bucket, (pauseMs) => gate.pause(clock.monotonic() + pauseMs));
      bucket = { gate, rules: rules.filter((rule) => rule.bucket === operation.bucket), lines: new Map() };
      buckets.set(key, bucket);
    }
    return bucket;
  };

  const lineOf = ({ gate, rules, lines }: Bucket, name: string): Turnstile => {
    let line = lines.get(name);
    if (line === undefined) {
      const slowestMs = Math.max(
        0,
        ...rules.map(({ gcra, costs }) => gcra.intervalMs * Math.min(...Object.values(costs))),
      );
      line = createTurnstile(gate, clock, slowestMs);
      lines.set(name, line);
    }
    return line;
  };

  return {
    gateOf: (call) => bucketOf(call).gate,
    pass(call) {
      const { tenant, deadline, signal, settings, operation } = call;
      if (tenant === undefined) return undefined;
      const bucket = bucketOf(call);
      const shares: Share[] = [];
      let [line, weight] = ["", 0];
      for (const { name, per, gcra, costs } of bucket.rules) {
        const cost = costs[operation.method] ?? costs["*"]!;
        if (per) line = operation.id;
        if (cost > 0) shares.push({ name: per ? `${name} ${operation.id}` : name, gcra, cost });
        weight = Math.max(weight, cost);
      }
      return lineOf(bucket, line).pass({
        operation: operation.id,
        fairnessKey: settings.fairnessKey ?? "",
        weight,
        reserve: (waiting) => (weight > 0 ? source.reserve(tenant, operation.bucket, shares, waiting) : 0),
        deadlineMs: deadline.atMs,
        signal,
      });
    },
    pause(call, pauseMs) {
      bucketOf(call).gate.pause(clock.monotonic() + pauseMs);
      if (call.tenant) source.pause?.(call.tenant, call.operation.bucket, pauseMs);
    },
  };
}
