import type { Bytes } from "../pipeline/bytes.js";

const size = 32;

/**
 * A P-256 signature in DER (RFC 3279, 2.2.3) as r and s of 32 bytes each, which is what Web Crypto takes; undefined
 * where it is not the one DER spelling of two positive numbers.
 */
export function derToRaw(der: Uint8Array): Bytes | undefined {
  // SEQUENCE, of two numbers of at most 33 bytes, so that its length is one byte.
  if (der[0] !== 0x30 || der[1] !== der.length - 2 || der.length > 72) return undefined;
  const raw = new Uint8Array(2 * size);
  let at = 2;
  for (const end of [size, 2 * size]) {
    const length = der[at + 1] ?? 0;
    const start = at + 2;
    if (der[at] !== 0x02 || length === 0 || start + length > der.length) return undefined;
    const [first = 0, second = 0] = der.subarray(start, start + 2);
    // A number that would look negative has one zero in front, and no other has any.
    const isPadded = first === 0 && length > 1;
    if (first > 0x7f || (isPadded && second <= 0x7f)) return undefined;
    const digits = der.subarray(start + (isPadded ? 1 : 0), start + length);
    if (digits.length > size) return undefined;
    raw.set(digits, end - digits.length);
    at = start + length;
  }
  return at === der.length ? raw : undefined;
}

/** The DER spelling of r and s. */
export function rawToDer(raw: Uint8Array): Bytes {
  const number = (bytes: Uint8Array) => {
    const from = bytes.findIndex((byte) => byte !== 0);
    const digits = [...bytes.subarray(from < 0 ? bytes.length - 1 : from)];
    if ((digits[0] ?? 0) > 0x7f) digits.unshift(0);
    return [0x02, digits.length, ...digits];
  };
  const content = [...number(raw.subarray(0, size)), ...number(raw.subarray(size))];
  return Uint8Array.from([0x30, content.length, ...content]);
}
