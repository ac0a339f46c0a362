import type { Body } from "../pipeline/call.js";
import { isBytes } from "../platform/bytes.js";
import { concatBytes, readCapped } from "../platform/read-capped.js";
import { type Part, readParts } from "./read-parts.js";
import { isReopenable, type Reopenable } from "./reopenable.js";

// Up to this size a body is read once and kept: every platform can send bytes, and it needs no more memory than its copies.
const maxKeptBytes = 1_048_576;

/**
 * Whether `fetch` sends streams; some browsers would send the text of the object:
 * https://developer.chrome.com/docs/capabilities/web-apis/fetch-streaming-requests#feature_detection
 */
function sendsStreams(): boolean {
  const init = { method: "POST", body: new ReadableStream(), duplex: "half" };
  return !new Request("https://localhost", init as RequestInit).headers.has("content-type");
}

const sizeOf = (part: Part) => (isBytes(part) ? part.length : (part.size ?? NaN));

/** A body of parts: kept as bytes where it is short, otherwise read anew by each attempt. */
export async function encodeParts(contentType: string | undefined, parts: readonly Part[]): Promise<Body> {
  const size = parts.reduce((sum, part) => sum + sizeOf(part), 0);
  if (!parts.some(isReopenable) && (size <= maxKeptBytes || !sendsStreams())) {
    // A file that has changed since cannot be read: the attempt fails, and says so.
    const read = await readCapped(readParts(parts), Infinity).catch(() => undefined);
    if (read) return { kind: "replayable", contentType, data: concatBytes(read.chunks) };
  }
  return {
    kind: "reopenable",
    contentType,
    size: Number.isNaN(size) ? undefined : size,
    open: () => readParts(parts),
  };
}

/** Encodes a body that is not text: bytes that a Blob holds, perhaps those of a file, or a body that can be opened again. */
export function encodeFile(body: Blob | Reopenable): Promise<Body> {
  return encodeParts(body.type || undefined, [body]);
}
