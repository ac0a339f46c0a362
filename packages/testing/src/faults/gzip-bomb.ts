import { gzipSync } from "node:zlib";

const blockBytes = 1024 * 1024;

/** The chunks of a gzip stream that decodes to a JSON string of this many bytes; each chunk is a gzip member. */
export function* gzipBomb(decodedBytes: number): Generator<Uint8Array> {
  const textBytes = Math.max(0, decodedBytes - 2);
  yield gzipSync('"');
  const block = gzipSync(Buffer.alloc(Math.min(blockBytes, textBytes), "a"));
  for (let remaining = textBytes; remaining > 0; remaining -= blockBytes) {
    yield remaining >= blockBytes ? block : gzipSync(Buffer.alloc(remaining, "a"));
  }
  yield gzipSync('"');
}
