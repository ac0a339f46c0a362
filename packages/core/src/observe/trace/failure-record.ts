import { CallError } from "../../errors/call-errors.js";
import { ConnectryError } from "../../errors/connectry-error.js";
import type { Redact } from "../../pipeline/call.js";
import type { FailureRecord } from "../../pipeline/call-record.js";

const maxLength = 200;

/** A text of the provider as a record carries it: without the credential, and short. */
export function shortText(text: unknown, redact: Redact): string | undefined {
  return typeof text === "string" ? redact(text.slice(0, 2_000)).slice(0, maxLength) : undefined;
}

/** The failure of a call as observers see it. */
export function toFailureRecord(error: unknown, redact: Redact): FailureRecord {
  const { code, retryAfterMs } = Object(error) as { readonly code?: unknown; readonly retryAfterMs?: unknown };
  const isCallError = CallError.isInstance(error);
  const cause = isCallError ? error.cause : undefined;
  return {
    name: ConnectryError.isInstance(error) ? error.name : "Error",
    code: isCallError ? shortText(code, redact) : undefined,
    cause: ConnectryError.isInstance(cause) ? cause.name : undefined,
    outcome: isCallError ? error.outcome : undefined,
    retryAfterMs: typeof retryAfterMs === "number" ? retryAfterMs : undefined,
  };
}
