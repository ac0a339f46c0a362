import { gzipSync } from "node:zlib";

const blockBytes = 1024 * 1024;

/** The pieces of a gzip stream that decodes to a JSON string of so many bytes: each piece is a gzip member of its own. */
export function* gzipBomb(decodedBytes: number): Generator<Uint8Array> {
  const text = Math.max(0, decodedBytes - 2);
  yield gzipSync('"');
  const block = gzipSync(Buffer.alloc(Math.min(blockBytes, text), "a"));
  for (let left = text; left > 0; left -= blockBytes) {
    yield left >= blockBytes ? block : gzipSync(Buffer.alloc(left, "a"));
  }
  yield gzipSync('"');
}
