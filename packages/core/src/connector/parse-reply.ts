import { ResponseParseError } from "../errors/response-parse-error.js";
import type { Operation } from "../pipeline/call.js";
import type { Reply } from "../pipeline/reply.js";
import { replyText } from "../pipeline/reply-json.js";

/**
 * A caller's own copy of an answer, by its media type: JSON parsed, text as a string, anything else as bytes, and
 * undefined where it is empty. A stream is handed on. Throws ResponseParseError for JSON that is none.
 */
export function parseReply(operation: Operation, reply: Reply): unknown {
  if (!(reply.body instanceof Uint8Array)) return reply.body;
  if (reply.body.length === 0) return undefined;
  const type = (reply.headers.get("content-type") ?? "application/json").split(";", 1)[0]?.trim().toLowerCase() ?? "";
  if (type.startsWith("text/")) return replyText(reply);
  if (!type.endsWith("/json") && !type.endsWith("+json")) return reply.body;
  const text = replyText(reply);
  try {
    return JSON.parse(text);
  } catch {
    throw new ResponseParseError(
      `${operation.id}: the provider answered ${reply.status} with ${text.length} characters of broken JSON. The call itself may have been applied.`,
      { operation: operation.id, attempts: reply.attempts },
    );
  }
}
