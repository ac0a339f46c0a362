import type { Bytes } from "../pipeline/bytes.js";

/** A body as it is kept: text where its bytes are UTF-8, since that is what hits are read from. */
export type KeptBody = string | Bytes | undefined;

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true });

/** The bytes of an answer, as they are kept. */
export function keptBody(bytes: Bytes | undefined): KeptBody {
  // Who reads text takes a byte-order mark off, and whoever reads bytes must find it.
  if (bytes === undefined || (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf)) return bytes;
  try {
    return decoder.decode(bytes);
  } catch {
    return bytes;
  }
}

/** Bytes of their own for whoever asks. */
export function ownBytes(body: KeptBody): Bytes | undefined {
  return typeof body === "string" ? encoder.encode(body) : body?.slice();
}
