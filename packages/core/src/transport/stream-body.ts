import type { Call } from "../pipeline/call.js";
import type { Reply } from "../pipeline/reply.js";
import { withLimit } from "../pipeline/with-limit.js";
import type { Clock } from "../platform/clock.js";

/**
 * Passes a body on as it arrives. An abort ends it; so does a TimeoutError where `idleTimeoutMs` pass without a byte
 * that was asked for. An answer without a body is a stream without bytes.
 */
export function streamBody(
  source: ReadableStream<Uint8Array> | null,
  call: Call,
  clock: Clock,
): Pick<Reply, "body" | "ended"> {
  const { settings, signal } = call;
  const reader = source?.getReader();
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  // Also while no one reads, or where a `fetch` that ignores its signal answers late.
  if (signal.aborted) end();
  else signal.addEventListener("abort", end);
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const value =
          reader && (await withLimit(clock, "idle", settings.idleTimeoutMs, call, () => reader.read())).value;
        if (value) return controller.enqueue(value);
        controller.close();
      } catch (error) {
        controller.error(error);
        void reader?.cancel(error).catch(end);
      }
      end();
    },
    cancel(reason) {
      end();
      return reader?.cancel(reason);
    },
  });
  return { body, ended };
}
