import { CallError } from "../errors/call-errors.js";
import type { Call } from "../pipeline/call.js";
import { redactError } from "../pipeline/redact-error.js";
import type { Reply } from "../pipeline/reply.js";
import { createTimeoutError } from "../pipeline/with-timeout.js";
import type { Clock } from "../platform/clock.js";
import { toNetworkError } from "./to-network-error.js";

/**
 * Passes a body on as it arrives. It ends with the signal's reason after an abort, with NetworkError where the connection is
 * lost, and with TimeoutError when nothing moves for `idleTimeoutMs`: the provider sends nothing, or nobody reads. Then slot
 * and connection are released. A response without a body is a stream without bytes.
 */
export function streamBody(
  source: ReadableStream<Uint8Array> | null,
  call: Call,
  clock: Clock,
): Pick<Reply, "body" | "ended"> {
  const { operation, signal } = call;
  const { idleTimeoutMs } = call.settings;
  const reader = source?.getReader();
  let bytes = 0;
  let end = (_: number) => {};
  const ended = new Promise<number>((resolve) => {
    end = resolve;
  });
  let fail = (_: unknown) => {};
  let stopWaiting = () => {};
  // The limit begins anew with each read and each chunk.
  const wait = () => {
    stopWaiting();
    const exceed = () => fail(createTimeoutError(operation.id, "idle", idleTimeoutMs));
    stopWaiting = clock.schedule(idleTimeoutMs, exceed);
  };
  const onAbort = () => fail(signal.reason);
  const finish = () => {
    stopWaiting();
    signal.removeEventListener("abort", onAbort);
    end(bytes);
  };
  const stream: UnderlyingDefaultSource<Uint8Array> = {
    start(controller) {
      fail = (reason) => {
        finish();
        // The status arrived before, and was a success.
        if (operation.safety !== "safe" && CallError.isInstance(reason)) reason.outcome = "applied";
        controller.error(reason);
        void reader?.cancel(reason).catch(() => {});
      };
    },
    async pull(controller) {
      wait();
      try {
        const { value } = (await reader?.read()) ?? {};
        if (signal.aborted) return;
        if (value) {
          wait();
          bytes += value.length;
          return controller.enqueue(value);
        }
        finish();
        controller.close();
      } catch (error) {
        fail(redactError(toNetworkError(error, call), call.redact));
      }
    },
    cancel(reason) {
      finish();
      return reader?.cancel(reason);
    },
  };
  // Without a queue of its own: what is read is what the reader asked for.
  const body = new ReadableStream(stream, { highWaterMark: 0 });
  wait();
  // An abort also counts while nobody reads, and where a `fetch` that ignores its signal responds after the abort.
  signal.addEventListener("abort", onAbort);
  if (signal.aborted) onAbort();
  return { body, ended };
}
