import type { Bytes } from "../../platform/bytes.js";
import type { Encoding } from "../scheme/encodings.js";

const hexOf = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/** Encodes bytes as text, in the canonical encoding that `decodeBytes` accepts. */
export function encodeBytes(bytes: Uint8Array, encoding: Encoding): string {
  let text = "";
  if (encoding === "hex" || encoding === "hex-upper") {
    for (const byte of bytes) text += hexOf[byte];
    return encoding === "hex" ? text : text.toUpperCase();
  }
  for (const byte of bytes) text += String.fromCharCode(byte);
  text = btoa(text);
  return encoding === "base64" ? text : text.replace(/=+$/, "").replaceAll("+", "-").replaceAll("/", "_");
}

/**
 * Decodes a text. Returns undefined unless the text is the canonical encoding of its bytes: hex in the case of the
 * encoding, padded base64 (RFC 4648, section 4) or base64url without padding (section 5), whose unused bits are zero.
 */
export function decodeBytes(text: string, encoding: Encoding): Bytes | undefined {
  const { length } = text;
  let bytes: Bytes;
  if (encoding === "hex" || encoding === "hex-upper") {
    if (length % 2 !== 0 || !/^[0-9a-f]*$/i.test(text)) return undefined;
    bytes = Uint8Array.from({ length: length / 2 }, (_, index) =>
      Number.parseInt(text.slice(2 * index, 2 * index + 2), 16),
    );
  } else {
    const base64 = text.replaceAll("-", "+").replaceAll("_", "/");
    const padded = encoding === "base64" ? base64 : base64.padEnd(Math.ceil(length / 4) * 4, "=");
    if (padded.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(padded) || length % 4 === 1) return undefined;
    bytes = Uint8Array.from(atob(padded), (character) => character.charCodeAt(0));
  }
  return encodeBytes(bytes, encoding) === text ? bytes : undefined;
}
