import { ResponseTooLargeError } from "../errors/response-too-large-error.js";
import type { Call } from "../pipeline/call.js";

function tooLarge(call: Call): ResponseTooLargeError {
  return new ResponseTooLargeError(
    `${call.operation.id}: the answer is larger than maxResponseBytes (${call.settings.maxResponseBytes}). Ask for less, raise it, or read the answer as a stream.`,
    { operation: call.operation.id },
  );
}

/** Joins chunks into one array. */
function join(chunks: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}

/** Reads a decoded body to its end; throws ResponseTooLargeError as soon as it passes `maxResponseBytes`. */
export async function readBody(response: Response, call: Call): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (response.body === null) return undefined;
  const { maxResponseBytes } = call.settings;
  const announced = Number(response.headers.get("content-length") ?? Number.NaN);
  if (announced > maxResponseBytes) {
    await response.body.cancel();
    throw tooLarge(call);
  }
  // A body of known length without an encoding cannot grow while it is decoded: the platform reads it faster.
  if (announced >= 0 && !response.headers.has("content-encoding")) return new Uint8Array(await response.arrayBuffer());
  const reader = response.body.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return join(chunks, length);
    length += value.length;
    if (length > maxResponseBytes) {
      await reader.cancel();
      throw tooLarge(call);
    }
    chunks.push(value);
  }
}
