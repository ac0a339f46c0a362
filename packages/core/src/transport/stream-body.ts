import { TimeoutError } from "../errors/timeout-error.js";
import type { Call } from "../pipeline/call.js";
import type { Clock } from "../platform/clock.js";

/** Passes a body on as it arrives, and ends it with a TimeoutError where `idleTimeoutMs` pass without a byte. */
export function streamBody(body: ReadableStream<Uint8Array>, call: Call, clock: Clock): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  const { idleTimeoutMs: limitMs } = call.settings;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      let cancelTimer = () => {};
      const idle = new Promise<never>((_, reject) => {
        cancelTimer = clock.schedule(limitMs, () => {
          const message = `${call.operation.id}: the stream was silent for ${limitMs} ms.`;
          reject(new TimeoutError(message, { operation: call.operation.id, limit: "idle", limitMs }));
        });
      });
      try {
        const { done, value } = await Promise.race([reader.read(), idle]);
        if (done) controller.close();
        else controller.enqueue(value);
      } catch (error) {
        controller.error(error);
        await reader.cancel(error).catch(() => undefined);
      } finally {
        cancelTimer();
      }
    },
    cancel: (reason) => reader.cancel(reason),
  });
}
