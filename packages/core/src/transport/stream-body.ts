import type { Call } from "../pipeline/call.js";
import type { Reply } from "../pipeline/reply.js";
import { withTimeout } from "../pipeline/with-timeout.js";
import type { Clock } from "../platform/clock.js";

/**
 * Passes a body on as it arrives. An abort ends it, and so does a TimeoutError when a read takes longer than
 * `idleTimeoutMs`. A response without a body is a stream without bytes.
 */
export function streamBody(
  source: ReadableStream<Uint8Array> | null,
  call: Call,
  clock: Clock,
): Pick<Reply, "body" | "ended"> {
  const { operation, settings, signal } = call;
  const reader = source?.getReader();
  const limit = { operation, limit: "idle", limitMs: settings.idleTimeoutMs, signal } as const;
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  // An abort also counts while nobody reads, and where a `fetch` that ignores its signal responds after the abort.
  if (signal.aborted) end();
  else signal.addEventListener("abort", end);
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const value = reader && (await withTimeout(limit, clock, () => reader.read())).value;
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
