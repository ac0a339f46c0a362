import type { Reply } from "./reply.js";

/** Calls back when nothing of the reply is left to read: at once where its bytes are already here. */
export function onBodyEnd({ ended }: Pick<Reply, "ended">, callback: () => void): void {
  if (ended) void ended.then(callback);
  else callback();
}
