import type { Bytes } from "./bytes.js";
import { leaveUnread } from "./leave-unread.js";

/** The part of a stream that was read. */
export interface CappedRead {
  /** The chunks in their order. Where the stream exceeds the cap, the last chunk is the one that exceeded it. */
  readonly chunks: readonly Uint8Array[];
  readonly byteLength: number;
  /** Whether the stream exceeds `maxBytes`. It was then cancelled, and the rest was not read. */
  readonly isOverCap: boolean;
}

/** Reads a stream to its end, or until it has delivered more than `maxBytes`. Rejects as the stream does. */
export async function readCapped(stream: ReadableStream<Uint8Array>, maxBytes: number): Promise<CappedRead> {
  const reader = stream.getReader();
  const chunks: Uint8Array[] = [];
  let byteLength = 0;
  while (byteLength <= maxBytes) {
    const { done, value } = await reader.read();
    if (done) return { chunks, byteLength, isOverCap: false };
    chunks.push(value);
    byteLength += value.length;
  }
  leaveUnread(reader);
  return { chunks, byteLength, isOverCap: true };
}

/** Chunks as one array of bytes that fills its buffer. A single chunk that fills its own is returned without a copy. */
export function concatBytes(chunks: readonly Uint8Array[]): Bytes {
  const length = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  const [first] = chunks;
  // A view of a larger buffer is copied: it would keep the whole buffer alive.
  if (first?.length === length && first.buffer.byteLength === length) {
    return new Uint8Array(first.buffer as ArrayBuffer);
  }
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}
