import type { SignatureCheck } from "../scheme/signature-algorithm.js";
import { timingSafeEqual } from "./timing-safe-equal.js";

/** `algorithm.verify` of schemes whose deliveries contain the secret. */
export async function verifyPasscode({ secret, signatures, hash }: SignatureCheck): Promise<boolean> {
  // All hashes have the same length, so comparing them does not reveal the length of the passcode.
  const [expected = "", ...hashes] = await Promise.all([secret, ...signatures].map(hash));
  return hashes.some((one) => timingSafeEqual(one, expected));
}
