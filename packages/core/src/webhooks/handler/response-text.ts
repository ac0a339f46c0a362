import type { Bytes } from "../../platform/bytes.js";
import { leaveUnread } from "../../platform/leave-unread.js";
import { concatBytes } from "../../platform/read-capped.js";
import { decodeBytes, encodeBytes } from "../crypto/encode-bytes.js";

// TwiML, options and replies to commands are a few hundred bytes.
const maxBytes = 16_384;

type Parts = readonly [status: number, headers: [string, string][], body: string];

/** Reads one of the two streams of a clone. Undefined where it has more than `maxBytes`. */
async function readSmall(stream: ReadableStream<Uint8Array>): Promise<Bytes | undefined> {
  const reader = stream.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  while (length <= maxBytes) {
    const { done, value } = await reader.read();
    if (done) return concatBytes(chunks);
    chunks.push(value);
    length += value.length;
  }
  leaveUnread(reader);
  return undefined;
}

/**
 * The text of a `Response` that a handler returned, to respond to a duplicate in the same way. Undefined where the value
 * is not a `Response`, was read already, or has a body of more than 16 KiB. The response itself can still be sent.
 */
export async function toResponseText(value: unknown): Promise<string | undefined> {
  if (!(value instanceof Response) || value.bodyUsed) return undefined;
  const { body, status, headers } = value.clone();
  const bytes = body === null ? new Uint8Array() : await readSmall(body);
  if (bytes === undefined) return undefined;
  const parts: Parts = [status, [...headers], encodeBytes(bytes, "base64")];
  return JSON.stringify(parts);
}

/** The response of a text that `toResponseText` returned. */
export function fromResponseText(text: string): Response {
  const [status, headers, body] = JSON.parse(text) as Parts;
  // A response with a status such as 204 cannot have a body, not even an empty one.
  return new Response(body === "" ? null : decodeBytes(body, "base64"), { status, headers });
}
