import { ResponseTooLargeError } from "../errors/call-errors.js";
import type { Call } from "../pipeline/call.js";
import type { Bytes } from "../platform/bytes.js";
import { concatBytes, readCapped } from "../platform/read-capped.js";
import type { TransportResponse } from "./transport.js";

/** Reads a decoded body to its end; throws ResponseTooLargeError, and reads no further, once it exceeds `maxResponseBytes`. */
export async function readBody(
  body: TransportResponse["body"],
  { operation, settings: { maxResponseBytes } }: Call,
): Promise<Bytes | undefined> {
  if (body === null) return undefined;
  const chunks = "getReader" in body ? (await readCapped(body, maxResponseBytes)).chunks : body;
  const length = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  if (length > maxResponseBytes) {
    const message = `the response exceeds ${maxResponseBytes} bytes: raise \`maxResponseBytes\`, or use \`stream\`.`;
    throw new ResponseTooLargeError(message, { operation: operation.id, maybeSent: true });
  }
  return concatBytes(chunks);
}
