import { parseReply } from "../connector/parse-reply.js";
import type { Operation } from "../pipeline/call.js";
import type { Reply } from "../pipeline/reply.js";

/** What callers are given of a body, by its media type. */
export type DataForm = "json" | "text" | "bytes";

// JSON, text and bytes alike.
const zero = new TextEncoder().encode("0");

/** Asks the one reader of answers what it makes of bodies under such headers. */
export function dataForm(operation: Operation, reply: Reply): DataForm {
  const data = parseReply(operation, { ...reply, body: zero });
  if (typeof data === "number") return "json";
  return typeof data === "string" ? "text" : "bytes";
}
