import { CallError, type CallErrorInit } from "./call-error.js";

/** A wait for quota would outlive the call's deadline, so it was not begun. */
export class QuotaExceededError extends CallError {
  static override readonly kind: string = "QuotaExceededError";
  declare readonly name: "QuotaExceededError";
  /** When it would be this call's turn, in milliseconds from now. */
  readonly retryAfterMs: number;

  constructor(message: string, init: CallErrorInit & { readonly retryAfterMs: number }) {
    super(message, init);
    this.retryAfterMs = init.retryAfterMs;
  }
}
