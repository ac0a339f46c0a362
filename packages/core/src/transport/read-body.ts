import { ResponseTooLargeError } from "../errors/response-too-large-error.js";
import type { Bytes } from "../pipeline/bytes.js";
import type { Call } from "../pipeline/call.js";
import type { Answer } from "./transport.js";

/** The chunks of a stream, to its end or until they are more than `maxBytes`. */
async function readChunks(body: ReadableStream<Uint8Array>, maxBytes: number): Promise<readonly Uint8Array[]> {
  const reader = body.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  while (length <= maxBytes) {
    const { done, value } = await reader.read();
    if (done) return chunks;
    chunks.push(value);
    length += value.length;
  }
  await reader.cancel();
  return chunks;
}

/** Reads a decoded body to its end; throws ResponseTooLargeError, and reads no further, once it passes `maxResponseBytes`. */
export async function readBody(
  body: Answer["body"],
  { operation, settings: { maxResponseBytes } }: Call,
): Promise<Bytes | undefined> {
  if (body === null) return undefined;
  const chunks = "getReader" in body ? await readChunks(body, maxResponseBytes) : body;
  const length = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  if (length > maxResponseBytes) {
    const message = `the answer passes \`maxResponseBytes\` (${maxResponseBytes}): raise it, or use \`stream\`.`;
    throw new ResponseTooLargeError(message, { operation: operation.id });
  }
  const [first] = chunks;
  // One that fills its buffer needs no copy; one that does not would keep the whole of it alive.
  if (first?.length === length && first.buffer.byteLength === length)
    return new Uint8Array(first.buffer as ArrayBuffer);
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}
