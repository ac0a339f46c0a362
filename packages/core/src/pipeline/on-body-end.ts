import type { Reply } from "./reply.js";

/** Calls back when nothing of the reply is left to read: at once where its bytes are already here. */
export function onBodyEnd(reply: Reply, callback: () => void): void {
  if (reply.ended === undefined) callback();
  else void reply.ended.then(callback);
}
