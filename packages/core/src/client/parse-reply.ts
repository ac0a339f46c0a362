import { ResponseParseError } from "../errors/call-errors.js";
import type { Operation } from "../pipeline/call.js";
import type { Reply } from "../pipeline/reply.js";
import { replyText } from "../pipeline/reply-json.js";
import { bodyKind, decodeText } from "../platform/body-kind.js";
import { toWriteError } from "../retry/outcome-unknown.js";

/**
 * The data of a response for one caller, by its media type: JSON parsed, text as a string, anything else as bytes, and
 * undefined where it is empty. A stream is passed on. Throws ResponseParseError for malformed JSON.
 */
export function parseReply(operation: Operation, reply: Reply): unknown {
  const { body, headers, status, attempts, idempotencyKey } = reply;
  if (!(body instanceof Uint8Array)) return body;
  if (body.length === 0) return undefined;
  const kind = bodyKind(headers.get("content-type"));
  if (kind === "bytes") return body;
  if (kind === "text") return decodeText(body, headers.get("content-type"));
  try {
    return JSON.parse(replyText(reply));
  } catch {
    const message = `the body of the response (status ${status}) is not valid JSON.`;
    const init = { operation: operation.id, attempts, idempotencyKey, maybeSent: true };
    throw toWriteError(operation, new ResponseParseError(message, init));
  }
}
