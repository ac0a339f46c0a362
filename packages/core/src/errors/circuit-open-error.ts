import { CallError, type CallErrorInit } from "./call-error.js";

/** When the circuit breaker lets a call through again. */
export interface CircuitOpenErrorInit extends CallErrorInit {
  readonly retryAfterMs: number;
}

/** The provider kept failing, so that the circuit breaker did not send this call. */
export class CircuitOpenError extends CallError<CircuitOpenErrorInit> {
  static override readonly kind: string = "CircuitOpenError";
  declare readonly name: "CircuitOpenError";
  /** When a call is let through to see whether the provider is back, in milliseconds from now. */
  declare readonly retryAfterMs: number;
}
