import type { Bytes } from "../pipeline/bytes.js";

const encoder = new TextEncoder();

/** What is signed, as bytes: texts in UTF-8, bytes as they are. */
export function concatBytes(parts: readonly (string | Uint8Array)[]): Bytes {
  const all = parts.map((part) => (typeof part === "string" ? encoder.encode(part) : part));
  const bytes = new Uint8Array(all.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of all) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}
