import { CallError, type CallErrorInit } from "./call-error.js";

/** When there would be quota again. */
export interface QuotaExceededErrorInit extends CallErrorInit {
  readonly retryAfterMs: number;
}

/** A wait for quota would outlive the call's deadline, so it was not begun. */
export class QuotaExceededError extends CallError<QuotaExceededErrorInit> {
  static override readonly kind: string = "QuotaExceededError";
  declare readonly name: "QuotaExceededError";
  /** When it would be this call's turn, in milliseconds from now. */
  declare readonly retryAfterMs: number;
}
