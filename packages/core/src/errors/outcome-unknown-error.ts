import { CallError } from "./call-error.js";

/** A write was sent and its answer was lost: it may or may not have been applied. The cause says what happened. */
export class OutcomeUnknownError extends CallError {
  static override readonly kind: string = "OutcomeUnknownError";
  declare readonly name: "OutcomeUnknownError";
}
