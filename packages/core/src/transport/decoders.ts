import { pipeline, type Readable, type Transform, type Writable } from "node:stream";
import { constants, createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from "node:zlib";

/** The content encodings that can be decoded: the value of the request header `accept-encoding`. */
export const acceptEncoding = "gzip, deflate, br";

// More of them have no use but to exhaust the client; undici's `fetch` has the same limit.
const maxEncodings = 5;

// Bytes are decoded as they arrive; where the end of the compressed stream is missing, the response is not complete.
const zlib = { flush: constants.Z_SYNC_FLUSH };
const brotli = { flush: constants.BROTLI_OPERATION_FLUSH };

/** The encodings of a body, in the order of decoding; empty where one is unknown, as in `fetch`. Throws for more than 5. */
export function parseContentEncoding(header: string | null): readonly string[] {
  if (header === null) return [];
  const names = header
    .toLowerCase()
    .split(",", maxEncodings + 1)
    .map((name) => name.trim())
    .filter((name) => name !== "" && name !== "identity");
  if (names.length > maxEncodings) {
    const error = new Error(`the response has more than ${maxEncodings} content encodings`);
    throw Object.assign(error, { code: "ERR_CONTENT_ENCODING" });
  }
  return names.every((name) => /^((x-)?gzip|deflate|br)$/.test(name)) ? names.reverse() : [];
}

function createDecoder(encoding: string, first: Uint8Array | undefined): Transform {
  if (encoding === "br") return createBrotliDecompress(brotli);
  if (encoding !== "deflate") return createGunzip(zlib);
  // Some servers send it without the zlib wrapper, whose first byte names method 8 (RFC 9110, section 8.4.1.2).
  return first && ((first[0] as number) & 0x0f) !== 8 ? createInflateRaw(zlib) : createInflate(zlib);
}

/** A chain of decoders: encoded bytes are written to `input`, decoded bytes are read from `output`. */
export interface Decoders {
  readonly input: Writable;
  readonly output: Readable;
}

/** Creates the decoders of a body that begins with `first`. An error of any decoder is an error of `output`. */
export function createDecoders(encodings: readonly string[], first: Uint8Array): Decoders {
  const [input, ...others] = encodings.map((name, index) => createDecoder(name, index === 0 ? first : undefined));
  const output = others.length === 0 ? input : pipeline([input as Transform, ...others], () => {});
  return { input: input as Transform, output: output as Transform };
}
