import { ResponseTooLargeError } from "../errors/response-too-large-error.js";
import type { Bytes } from "../pipeline/bytes.js";
import type { Call } from "../pipeline/call.js";

/** Reads a decoded body to its end; throws ResponseTooLargeError, and reads no further, once it passes `maxResponseBytes`. */
export async function readBody(
  body: ReadableStream<Uint8Array> | null,
  { operation, settings: { maxResponseBytes } }: Call,
): Promise<Bytes | undefined> {
  if (body === null) return undefined;
  const reader = body.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > maxResponseBytes) {
      await reader.cancel();
      const message = `the answer is larger than \`maxResponseBytes\` (${maxResponseBytes}): raise it, or use \`stream\`.`;
      throw new ResponseTooLargeError(message, { operation: operation.id });
    }
    chunks.push(value);
  }
  const [first] = chunks;
  // One that fills its buffer needs no copy; one that does not would keep the whole of it alive.
  if (first?.length === length && first.buffer.byteLength === length) return first as Bytes;
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}
