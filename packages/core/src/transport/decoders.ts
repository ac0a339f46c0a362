import { pipeline, type Readable, type Transform, type Writable } from "node:stream";
import { constants, createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from "node:zlib";

/** The content encodings that can be decoded, as a request says it. */
export const acceptEncoding = "gzip, deflate, br";

// An answer with more of them has nothing but trouble in mind.
const maxEncodings = 5;

// As browsers do: what was sent counts, also where the end of the compressed stream is missing.
const zlib = { flush: constants.Z_SYNC_FLUSH, finishFlush: constants.Z_SYNC_FLUSH };
const brotli = { flush: constants.BROTLI_OPERATION_FLUSH, finishFlush: constants.BROTLI_OPERATION_FLUSH };

/** The encodings of a body, the last one applied first; none where one is unknown, as `fetch` has it. Throws for too many. */
export function parseContentEncoding(header: string | null): readonly string[] {
  const names = (header ?? "")
    .toLowerCase()
    .split(",", maxEncodings + 1)
    .map((name) => name.trim())
    .filter((name) => name !== "" && name !== "identity");
  if (names.length > maxEncodings) throw new Error("the answer has too many content encodings");
  return names.every((name) => /^((x-)?gzip|deflate|br)$/.test(name)) ? names.reverse() : [];
}

function createDecoder(encoding: string, first: Uint8Array | undefined): Transform {
  if (encoding === "br") return createBrotliDecompress(brotli);
  if (encoding !== "deflate") return createGunzip(zlib);
  // RFC 9110, 8.4.1.2: some send it without the zlib wrapper, whose first byte names method 8.
  return first && ((first[0] as number) & 0x0f) !== 8 ? createInflateRaw(zlib) : createInflate(zlib);
}

/** Decoders one behind the other: where a body goes in, and where it comes out. */
export interface Decoders {
  readonly input: Writable;
  readonly output: Readable;
}

/** Makes what decodes a body that begins with `first`. An error of any of them is an error of the output. */
export function createDecoders(encodings: readonly string[], first: Uint8Array): Decoders {
  const [input, ...others] = encodings.map((name, place) => createDecoder(name, place === 0 ? first : undefined));
  const output = others.length === 0 ? input : pipeline([input as Transform, ...others], () => {});
  return { input: input as Transform, output: output as Transform };
}
