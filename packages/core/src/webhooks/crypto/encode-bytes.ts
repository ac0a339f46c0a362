import type { Bytes } from "../../platform/bytes.js";
import type { Encoding } from "../scheme/webhook-scheme.js";

const hexOf = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/** Encodes bytes as text, in the canonical encoding that `decodeBytes` accepts. */
export function encodeBytes(bytes: Uint8Array, encoding: Encoding): string {
  let text = "";
  if (encoding === "hex") {
    for (const byte of bytes) text += hexOf[byte];
    return text;
  }
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

/**
 * Decodes a text. Returns undefined unless the text is the canonical encoding of its bytes: lower-case hex, or padded
 * base64 (RFC 4648, section 4) whose unused bits are zero.
 */
export function decodeBytes(text: string, encoding: Encoding): Bytes | undefined {
  if (encoding === "hex") {
    if (text.length % 2 !== 0 || !/^[0-9a-f]*$/.test(text)) return undefined;
    return Uint8Array.from({ length: text.length / 2 }, (_, index) =>
      Number.parseInt(text.slice(2 * index, 2 * index + 2), 16),
    );
  }
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined;
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  return encodeBytes(bytes, "base64") === text ? bytes : undefined;
}
