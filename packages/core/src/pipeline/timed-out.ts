import { TimeoutError } from "../errors/timeout-error.js";

/** What is thrown when a limit is met: of an attempt, of the whole call, or of the silence of a stream. */
export function timedOut(operation: string, limit: TimeoutError["limit"], limitMs: number): TimeoutError {
  const message = `it passed its ${limit} limit of ${limitMs} ms.`;
  // An attempt is under way as soon as it has a limit.
  return new TimeoutError(message, { operation, limit, limitMs, maybeSent: limit === "attempt" });
}
