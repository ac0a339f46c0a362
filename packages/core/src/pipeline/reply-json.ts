import type { Reply } from "./reply.js";

const parsed = new WeakMap<Uint8Array, unknown>();
const decoder = new TextDecoder();

/** The text of a reply's bytes. */
export function replyText({ body }: Reply): string {
  return body instanceof Uint8Array ? decoder.decode(body) : "";
}

/** The parsed body for the core's own reading, parsed once; undefined where it is not JSON. It is never given to a caller. */
export function replyJson(reply: Reply): unknown {
  const { body } = reply;
  if (!(body instanceof Uint8Array)) return undefined;
  if (!parsed.has(body)) {
    let json: unknown;
    try {
      json = JSON.parse(replyText(reply));
    } catch {
      // What is no JSON is remembered, too.
    }
    parsed.set(body, json);
  }
  return parsed.get(body);
}
