import { ConnectryError } from "../errors/connectry-error.js";
import { NetworkError } from "../errors/network-error.js";
import { TimeoutError } from "../errors/timeout-error.js";
import type { Call } from "../pipeline/call.js";

// Codes that say that no byte of the request went out (Node's and undici's; Bun's below).
const neverSent = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "EHOSTDOWN",
  "UND_ERR_CONNECT_TIMEOUT",
  "ConnectionRefused",
  "FailedToOpenSocket",
]);

function codeOf(error: unknown): string | undefined {
  for (let at = error, depth = 0; typeof at === "object" && at !== null && depth < 5; depth += 1) {
    const { code, errors, cause } = at as { code?: unknown; errors?: unknown; cause?: unknown };
    if (typeof code === "string") return code;
    // Node tries every address of a host and throws them together.
    at = Array.isArray(errors) && errors.length > 0 ? errors[0] : cause;
  }
  return undefined;
}

/** What an attempt without an answer is thrown as: the signal's reason where it was aborted, one of ours, or a NetworkError. */
export function lostAnswer(error: unknown, call: Call): unknown {
  if (call.signal.aborted) {
    const { reason } = call.signal;
    if (TimeoutError.isInstance(reason)) reason.maybeSent = true;
    return reason;
  }
  if (ConnectryError.isInstance(error)) return error;
  const code = codeOf(error);
  const maybeSent = code === undefined || !neverSent.has(code);
  const { host } = new URL(call.url);
  const what = maybeSent ? `the connection to ${host} was lost` : `${host} could not be reached`;
  const message = `${call.operation.id}: ${what}${code === undefined ? "" : ` (${code})`}.`;
  return new NetworkError(message, { operation: call.operation.id, code, maybeSent, cause: error });
}
