import type { Reply } from "./reply.js";

/**
 * Runs `callback` once when nothing of the reply is left to read: at once where its bytes are already here, else
 * when the stream ends, fails or is cancelled.
 */
export function onBodyEnd(reply: Reply, callback: () => void): Reply {
  if (!(reply.body instanceof ReadableStream)) {
    callback();
    return reply;
  }
  const reader = reply.body.getReader();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        if (!done) return controller.enqueue(value);
        callback();
        controller.close();
      } catch (error) {
        callback();
        controller.error(error);
      }
    },
    async cancel(reason) {
      callback();
      await reader.cancel(reason);
    },
  });
  return { ...reply, body };
}
