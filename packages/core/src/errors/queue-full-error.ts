import { CallError } from "./call-error.js";

/** As many calls as `maxQueued` already wait for a slot: nothing was sent. */
export class QueueFullError extends CallError {
  static override readonly kind: string = "QueueFullError";
  declare readonly name: "QueueFullError";
}
