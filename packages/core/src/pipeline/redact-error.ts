import { CallError } from "../errors/call-errors.js";
import type { Redact } from "./call.js";

/** The text of a thrown value: it may have a `toString` that throws, or none at all. */
function textOf(value: unknown): string {
  try {
    const { cause } = Object(value) as { readonly cause?: unknown };
    return cause ? `${value} (${cause})` : `${value}`;
  } catch {
    return "a value without a text";
  }
}

/** Redacts an error of a call in place, and its cause: of one that is not ours, only the text is left. */
export function redactError<T>(error: T, redact: Redact | undefined): T {
  if (!redact || !CallError.isInstance(error)) return error;
  const message = redact(error.message);
  if (message !== error.message) {
    error.stack = redact(`${error.stack}`);
    error.message = message;
    const { code } = error as { readonly code?: string };
    if (code) Object.assign(error, { code: redact(code) });
  }
  const { cause } = error;
  if (cause !== undefined) {
    error.cause = CallError.isInstance(cause) ? redactError(cause, redact) : new Error(redact(textOf(cause)));
  }
  return error;
}
