import { type CallError, ResponseParseError } from "../errors/call-errors.js";
import type { Operation } from "../pipeline/call.js";
import type { Reply } from "../pipeline/reply.js";
import type { Outcome, UnwrapData } from "../pipeline/strategies.js";
import { toWriteError } from "../retry/outcome-unknown.js";

/**
 * Takes the envelope off the data of successes. What is not JSON, and an operation that the document describes otherwise, is passed on. A
 * response that should have an envelope and has none is a ResponseParseError; of a write, an OutcomeUnknownError.
 */
export const unwrapData: UnwrapData =
  ({ field }, send) =>
  async (call) => {
    const outcome = await send(call);
    const { data, error, response } = outcome;
    const { operation, stream } = call;
    if (error || !response || stream || operation.envelope === false || data === undefined) return outcome;
    if (typeof data === "object" && data !== null && Object.hasOwn(data, field))
      return { data: (data as Record<string, unknown>)[field], response };
    return operation.response === "any" ? outcome : withoutEnvelope(operation, response, field);
  };

function withoutEnvelope(operation: Operation, response: Reply, field: string): Outcome {
  const { attempts, idempotencyKey, requestId, status } = response;
  const message = `expected JSON with the member ${JSON.stringify(field)}, which the option \`unwrap\` takes it out of (status ${status}).`;
  const init = { operation: operation.id, attempts, idempotencyKey, requestId, maybeSent: true };
  return { error: toWriteError(operation, new ResponseParseError(message, init)) as CallError, response };
}
