import type { Bytes } from "../../platform/bytes.js";

// Of r and of s, in bytes.
const size = 32;

/**
 * Converts a P-256 signature from DER (RFC 3279, section 2.2.3) to r and s of 32 bytes each, the format of Web Crypto.
 * Returns undefined unless the bytes are the canonical DER encoding of two positive integers.
 */
export function derToRaw(der: Uint8Array): Bytes | undefined {
  // A SEQUENCE of two integers of at most 33 bytes each, so its length takes one byte.
  if (der[0] !== 0x30 || der[1] !== der.length - 2 || der.length > 72) return undefined;
  const raw = new Uint8Array(2 * size);
  let at = 2;
  for (const end of [size, 2 * size]) {
    const length = der[at + 1] ?? 0;
    const start = at + 2;
    if (der[at] !== 0x02 || length === 0 || start + length > der.length) return undefined;
    const [first = 0, second = 0] = der.subarray(start, start + 2);
    // An integer whose first bit is set has one leading zero, so that it is not negative. No other integer has one.
    const isPadded = first === 0 && length > 1;
    if (first > 0x7f || (isPadded && second <= 0x7f)) return undefined;
    const digits = der.subarray(start + (isPadded ? 1 : 0), start + length);
    if (digits.length > size) return undefined;
    raw.set(digits, end - digits.length);
    at = start + length;
  }
  return at === der.length ? raw : undefined;
}

/** Converts r and s of 32 bytes each to DER. */
export function rawToDer(raw: Uint8Array): Bytes {
  const integer = (bytes: Uint8Array) => {
    const from = bytes.findIndex((byte) => byte !== 0);
    const digits = [...bytes.subarray(from < 0 ? bytes.length - 1 : from)];
    if ((digits[0] ?? 0) > 0x7f) digits.unshift(0);
    return [0x02, digits.length, ...digits];
  };
  const content = [...integer(raw.subarray(0, size)), ...integer(raw.subarray(size))];
  return Uint8Array.from([0x30, content.length, ...content]);
}
