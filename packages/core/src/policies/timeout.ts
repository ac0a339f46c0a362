import type { Policy } from "../pipeline/policy.js";
import { timedOut } from "../pipeline/timed-out.js";
import { withLimit } from "../pipeline/with-limit.js";
import type { Clock } from "../platform/clock.js";

/** Ends an attempt that takes longer than `attemptTimeoutMs`, its body included; of a stream, its headers. */
export function timeout(clock: Clock): Policy {
  return {
    name: "timeout",
    async send(call, next) {
      const operation = call.operation.id;
      const { deadline, settings, signal } = call;
      // A busy process fires the deadline's timer late: no attempt starts in between.
      if (clock.monotonic() >= deadline.atMs) throw timedOut(operation, "deadline", deadline.allowedMs);
      const limit = { limit: "attempt", limitMs: settings.attemptTimeoutMs, operation, signal } as const;
      return await withLimit(clock, limit, (own) => next({ ...call, signal: own }));
    },
  };
}
