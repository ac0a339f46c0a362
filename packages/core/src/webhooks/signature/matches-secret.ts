import type { Clock } from "../../platform/clock.js";
import type { Digests } from "../crypto/digests.js";
import { hmacKeyOf } from "../crypto/secret-keys.js";
import { timingSafeEqual } from "../crypto/timing-safe-equal.js";
import type { HashContent } from "../scheme/encodings.js";
import { type SignedSource, type SigningContext, signedParts } from "./signed-parts.js";

/** The context of a verification, the same for all secrets and URLs that are tried. */
export interface VerificationContext extends SigningContext {
  readonly digests: Digests;
  readonly hash: HashContent;
  readonly clock: Pick<Clock, "now">;
}

// All signatures are compared, so that the time does not reveal which of them matches.
const includesText = (signatures: readonly string[], expected: string) =>
  signatures.reduce((found, text) => timingSafeEqual(expected, text) || found, false);

/**
 * Whether one of the signatures was made with the secret of `source`. Returns a promise only where the platform hashes
 * asynchronously. Hashes are compared as text and not as bytes, so that only their canonical encoding matches.
 */
export function matchesSecret(
  context: VerificationContext,
  source: SignedSource,
  signatures: readonly string[],
): boolean | Promise<boolean> {
  const { scheme, digests, hash } = context;
  const { algorithm } = scheme;
  const { encoding } = scheme.signature;
  const { secret } = source;
  const input = signedParts(context, source);
  if ("verify" in algorithm) {
    const { delivery, clock } = context;
    return algorithm.verify({ scheme, secret, signatures, input, hash, delivery, event: source.event, clock });
  }
  const expected =
    algorithm.kind === "hash"
      ? digests.hash(algorithm.hash, input, encoding)
      : digests.hmac(hmacKeyOf(scheme, algorithm, secret), input, encoding);
  if (typeof expected === "string") return includesText(signatures, expected);
  return expected.then((text) => includesText(signatures, text));
}
