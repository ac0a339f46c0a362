import type { Policy } from "../pipeline/policy.js";
import { createTimeoutError, withTimeout } from "../pipeline/with-timeout.js";
import type { Clock } from "../platform/clock.js";

/** Ends an attempt that takes longer than `attemptTimeoutMs`, its body included; of a stream, until its headers arrive. */
export function timeout(clock: Clock): Policy {
  return {
    name: "timeout",
    send(call, next) {
      const { operation, deadline, settings, signal } = call;
      // A busy process fires the timer of the deadline late: no attempt starts in between.
      const nowMs = clock.monotonic();
      if (nowMs >= deadline.atMs)
        return Promise.reject(createTimeoutError(operation.id, "deadline", deadline.allowedMs));
      const limitMs = settings.attemptTimeoutMs;
      const limit = { operation, limit: "attempt", limitMs, dueAtMs: nowMs + limitMs, signal } as const;
      return withTimeout(limit, clock, (attemptSignal) => next({ ...call, signal: attemptSignal }));
    },
  };
}
