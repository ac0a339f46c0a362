import { CallError, OutcomeUnknownError } from "../errors/call-errors.js";
import type { Operation } from "../pipeline/call.js";

/** The error of a write that may have been applied, and got no usable response because of another error. */
export function outcomeUnknown(cause: CallError): OutcomeUnknownError {
  const { operation, attempts, idempotencyKey } = cause;
  const advice = idempotencyKey ? "repeat it with the same `idempotencyKey`" : "check before you send it again";
  const message = `no usable response arrived, and the write may have been applied: ${advice}.`;
  return new OutcomeUnknownError(message, { operation, attempts, idempotencyKey, outcome: "unknown", cause });
}

/** The error of a call without a usable response: of a write that can have been sent, OutcomeUnknownError. */
export function toWriteError({ safety }: Operation, error: unknown): unknown {
  return safety !== "safe" && CallError.isInstance(error) && error.maybeSent ? outcomeUnknown(error) : error;
}
