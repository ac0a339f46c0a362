import { ResponseParseError } from "../errors/response-parse-error.js";
import type { Operation } from "../pipeline/call.js";
import type { Reply } from "../pipeline/reply.js";
import { replyText } from "../pipeline/reply-json.js";

/**
 * A caller's own copy of an answer, by its media type: JSON parsed, text as a string, anything else as bytes, and
 * undefined where it is empty. A stream is handed on. Throws ResponseParseError for JSON that is none.
 */
export function parseReply(operation: Operation, reply: Reply): unknown {
  const { body, headers, status, attempts } = reply;
  if (!(body instanceof Uint8Array)) return body;
  if (body.length === 0) return undefined;
  const type = headers.get("content-type") ?? "application/json";
  if (/^text\//i.test(type)) return replyText(reply);
  if (!/^[^;]*[/+]json\s*(;|$)/i.test(type)) return body;
  try {
    return JSON.parse(replyText(reply));
  } catch {
    const message = `the answer ${status} is broken JSON, and it may have been applied.`;
    throw new ResponseParseError(message, { operation: operation.id, attempts });
  }
}
