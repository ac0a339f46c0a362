import { isBytes } from "../platform/bytes.js";
import { parseJson } from "../platform/parse-json.js";
import { utf8Decoder } from "../platform/utf8.js";
import type { Reply } from "./reply.js";

const parsed = new WeakMap<Uint8Array, unknown>();

type WithBody = Pick<Reply, "body">;

/** The text of a reply's bytes. */
export function replyText({ body }: WithBody): string {
  return isBytes(body) ? utf8Decoder().decode(body) : "";
}

/** The parsed body for the core's own use, parsed once; undefined where it is not JSON. A caller gets it by `takeJson` alone. */
export function replyJson(reply: WithBody): unknown {
  const { body } = reply;
  if (!isBytes(body)) return undefined;
  const known = parsed.get(body);
  if (known !== undefined || parsed.has(body)) return known;
  let json: unknown;
  try {
    json = parseJson(replyText(reply));
  } catch {
    // Remembered as undefined, so that it is not parsed again.
  }
  parsed.set(body, json);
  return json;
}

/**
 * What `replyJson` has parsed, for one caller, who may change it: from then on the body is parsed anew. Undefined where nothing was
 * parsed, or it is not JSON.
 */
export function takeJson({ body }: WithBody): unknown {
  if (!isBytes(body)) return undefined;
  const json = parsed.get(body);
  if (json !== undefined) parsed.delete(body);
  return json;
}
