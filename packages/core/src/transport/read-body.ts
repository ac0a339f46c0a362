import { ResponseTooLargeError } from "../errors/call-errors.js";
import type { Call } from "../pipeline/call.js";
import type { Bytes } from "../platform/bytes.js";
import { concatBytes, readCapped } from "../platform/read-capped.js";
import type { TransportResponse } from "./transport.js";

type Chunks = readonly Uint8Array[];

// The head of the response is usually in the same buffer as its body.
const maxSpareBytes = 4_096;

/** Chunks as one array of bytes. A single chunk is not copied, unless its buffer is so much larger that it must not be kept alive. */
function asBytes(chunks: Chunks, length: number): Bytes {
  const [first] = chunks;
  if (first?.length !== length || first.buffer.byteLength > length + maxSpareBytes) return concatBytes(chunks);
  // A Buffer of Node would encode and print itself in another way.
  return first.constructor === Uint8Array
    ? (first as Bytes)
    : new Uint8Array(first.buffer as ArrayBuffer, first.byteOffset, length);
}

/** The bytes of a decoded body. Throws ResponseTooLargeError where they exceed `maxResponseBytes`. */
function joinChunks(chunks: Chunks, { operation, settings: { maxResponseBytes } }: Call): Bytes {
  const length = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  if (length > maxResponseBytes) {
    const message = `the response exceeds ${maxResponseBytes} bytes: raise \`maxResponseBytes\`, or use \`stream\`.`;
    throw new ResponseTooLargeError(message, { operation: operation.id, maybeSent: true });
  }
  return asBytes(chunks, length);
}

/**
 * The bytes of a decoded body: at once where they have arrived, else read to the end. Throws ResponseTooLargeError, and reads no
 * further, once they exceed `maxResponseBytes`.
 */
export function readBody(body: TransportResponse["body"], call: Call): Bytes | undefined | Promise<Bytes> {
  if (body === null) return undefined;
  if (!("getReader" in body)) return joinChunks(body, call);
  return readCapped(body, call.settings.maxResponseBytes).then(({ chunks }) => joinChunks(chunks, call));
}
