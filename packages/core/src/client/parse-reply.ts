import { ResponseParseError } from "../errors/call-errors.js";
import type { Operation } from "../pipeline/call.js";
import type { Reply } from "../pipeline/reply.js";
import { replyText, takeJson } from "../pipeline/reply-json.js";
import { bodyKind, decodeText } from "../platform/body-kind.js";
import { parseJson } from "../platform/parse-json.js";
import { concatBytes } from "../platform/read-capped.js";
import { toWriteError } from "../retry/outcome-unknown.js";

// Up to 40 printable characters, and none of a possible value or token: an error page may repeat what it was sent.
const preview = /^[^{[=:_\d]{0,40}/;

/**
 * The data of a response for one caller: parsed JSON, whatever the media type says, undefined where it has no body. An integer that a
 * number cannot hold is a string with its digits, or a bigint where the profile says so. Of an operation whose responses can have `any`
 * form, the media type decides: JSON parsed, text as a string, anything else as bytes.
 * A stream is passed on. Throws ResponseParseError for a body that is not JSON; of a write, OutcomeUnknownError.
 */
export function parseReply(operation: Operation, reply: Reply): unknown {
  const { body, headers, status, attempts, idempotencyKey, requestId, redact = String } = reply;
  if (body instanceof ReadableStream) return body;
  const { response, method, parseJson: parse = parseJson } = operation;
  // A 201 describes what was created (RFC 9110, section 15.3.2).
  const mayLackBody = response === "any" || (response === "json-or-empty" && status !== 201);
  const mayBeEmpty = mayLackBody || method === "HEAD" || [204, 205, 304].includes(status);
  if (!body?.length && mayBeEmpty) return undefined;
  const kind = response === "any" ? bodyKind(headers.get("content-type")) : "json";
  // Those of the reply may be a part of a larger buffer.
  if (kind === "bytes") return body && concatBytes([body]);
  if (kind === "text" && body) return decodeText(body, headers.get("content-type"));
  // A rule of the profile may have read the body.
  const known = parse === parseJson ? takeJson(reply) : undefined;
  if (known !== undefined) return known;
  const text = replyText(reply);
  try {
    return parse(text);
  } catch {
    const type = headers.get("content-type");
    // What would be cut off is redacted, too.
    const printable = redact(text.slice(0, 2_000)).replace(/[^!-~]+/g, " ");
    const got = text ? `${redact(type ?? "no media type")}: "${preview.exec(printable)}"` : "an empty body";
    const shownId = requestId && redact(requestId);
    const request = shownId ? ` Request ${shownId}.` : "";
    const message = `expected JSON, got ${got} (status ${status}).${request}`;
    const init = { operation: operation.id, attempts, idempotencyKey, requestId: shownId, maybeSent: true };
    throw toWriteError(operation, new ResponseParseError(message, init));
  }
}
