import { CallError, type CallErrorInit } from "./call-error.js";

/** Which limit was met, and whether the request was on its way by then. */
export interface TimeoutErrorInit extends CallErrorInit {
  readonly limit: "attempt" | "deadline" | "idle";
  readonly limitMs: number;
}

/** One attempt, an idle stream, or the whole call took longer than allowed. */
export class TimeoutError extends CallError<TimeoutErrorInit> {
  static override readonly kind: string = "TimeoutError";
  declare readonly name: "TimeoutError";
  /** Which limit was met: `attemptTimeoutMs`, `deadlineMs` or `idleTimeoutMs`. */
  declare readonly limit: "attempt" | "deadline" | "idle";
  declare readonly limitMs: number;
}
