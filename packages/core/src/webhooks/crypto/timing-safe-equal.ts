import { utf8Encoder } from "../../platform/utf8.js";

// Shared by all comparisons, which is safe because a comparison is synchronous. It fits two signatures or hashes as
// text, and grows for longer ones.
let buffer = new Uint8Array(256);

/**
 * Whether two ASCII texts are equal. The time that it takes does not depend on where they differ; only their lengths
 * are not secret. A text with a character outside ASCII equals no text, not even itself. Both texts are encoded in one
 * call, because each call costs more than the whole comparison.
 */
export function timingSafeEqual(one: string, other: string): boolean {
  const { length } = one;
  if (length !== other.length) return false;
  if (2 * length > buffer.length) buffer = new Uint8Array(2 * length);
  const { read, written } = utf8Encoder().encodeInto(one + other, buffer);
  // A character outside ASCII takes more than one byte, or does not fit.
  if (read !== 2 * length || written !== read) return false;
  let difference = 0;
  for (let at = 0; at < length; at += 1) difference |= (buffer[at] as number) ^ (buffer[length + at] as number);
  return difference === 0;
}
