import { TimeoutError } from "../errors/timeout-error.js";
import { onBodyEnd } from "../pipeline/on-body-end.js";
import type { Policy } from "../pipeline/policy.js";
import type { Clock } from "../platform/clock.js";

/** Ends an attempt that takes longer than `attemptTimeoutMs`, its body included; of a stream, its headers. */
export function timeout(clock: Clock): Policy {
  return {
    name: "timeout",
    async send(call, next) {
      const { attemptTimeoutMs: limitMs } = call.settings;
      const attempt = new AbortController();
      const follow = () => attempt.abort(call.signal.reason);
      const cancel = clock.schedule(limitMs, () => {
        const message = `${call.operation.id}: no answer within ${limitMs} ms (attempt ${call.attempt}).`;
        attempt.abort(new TimeoutError(message, { operation: call.operation.id, limit: "attempt", limitMs }));
      });
      const unlink = () => call.signal.removeEventListener("abort", follow);
      call.signal.addEventListener("abort", follow, { once: true });
      if (call.signal.aborted) follow();
      try {
        return onBodyEnd(await next({ ...call, signal: attempt.signal }), unlink);
      } catch (error) {
        unlink();
        throw error;
      } finally {
        cancel();
      }
    },
  };
}
