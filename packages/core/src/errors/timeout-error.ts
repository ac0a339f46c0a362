import { CallError, type CallErrorInit } from "./call-error.js";

/** One attempt, an idle stream, or the whole call took longer than allowed. */
export class TimeoutError extends CallError {
  static override readonly kind: string = "TimeoutError";
  declare readonly name: "TimeoutError";
  /** Which limit was met: `attemptTimeoutMs`, `deadlineMs` or `idleTimeoutMs`. */
  readonly limit: "attempt" | "deadline" | "idle";
  readonly limitMs: number;
  /** Whether the request was on its way when the time was up. */
  maybeSent = false;

  constructor(
    message: string,
    init: CallErrorInit & { readonly limit: "attempt" | "deadline" | "idle"; readonly limitMs: number },
  ) {
    super(message, init);
    this.limit = init.limit;
    this.limitMs = init.limitMs;
  }
}
