import type { Reply } from "./reply.js";

/** Calls the callback when the whole body was read: at once, unless it is a stream. */
export function onBodyEnd({ ended }: Pick<Reply, "ended">, callback: () => void): void {
  if (ended) void ended.then(callback);
  else callback();
}
