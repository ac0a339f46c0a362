import type { Reply } from "./reply.js";

const parsed = new WeakMap<Uint8Array, unknown>();
const decoder = new TextDecoder();

/** The text of a reply's bytes. */
export function replyText(reply: Reply): string {
  return reply.body instanceof Uint8Array ? decoder.decode(reply.body) : "";
}

/** The parsed body for the core's own reading, parsed once; undefined where it is not JSON. It is never given to a caller. */
export function replyJson(reply: Reply): unknown {
  if (!(reply.body instanceof Uint8Array)) return undefined;
  if (parsed.has(reply.body)) return parsed.get(reply.body);
  let json: unknown;
  try {
    json = JSON.parse(decoder.decode(reply.body));
  } catch {
    json = undefined;
  }
  parsed.set(reply.body, json);
  return json;
}
