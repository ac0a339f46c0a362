import type { Bytes } from "../../platform/bytes.js";
import { utf8Encoder } from "../../platform/utf8.js";

/** A body as it is stored: text where its bytes are UTF-8, because hits are parsed from text. */
export type CachedBody = string | Bytes | undefined;

/** The bytes of a response in the form in which they are stored: a copy, because their first caller may change its own. */
export function toCachedBody(bytes: Bytes | undefined): CachedBody {
  // Decoding removes a byte-order mark, which a caller that reads bytes must still find.
  if (bytes === undefined || (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf)) return bytes?.slice();
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return bytes.slice();
  }
}

/** A copy of the bytes for one caller. */
export function copyBytes(body: CachedBody): Bytes | undefined {
  return typeof body === "string" ? utf8Encoder().encode(body) : body?.slice();
}
