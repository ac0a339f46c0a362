import type { Policy } from "../pipeline/policy.js";
import { timedOut } from "../pipeline/timed-out.js";
import { withLimit } from "../pipeline/with-limit.js";
import type { Clock } from "../platform/clock.js";

/** Ends an attempt that takes longer than `attemptTimeoutMs`, its body included; of a stream, its headers. */
export function timeout(clock: Clock): Policy {
  return {
    name: "timeout",
    async send(call, next) {
      const { operation, deadline, settings } = call;
      // A busy process fires the deadline's timer late: no attempt starts in between.
      if (clock.monotonic() >= deadline.atMs) throw timedOut(operation.id, "deadline", deadline.allowedMs);
      return await withLimit(clock, "attempt", settings.attemptTimeoutMs, call, (signal) => next({ ...call, signal }));
    },
  };
}
