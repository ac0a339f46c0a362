import { systemClock } from "../../platform/clock.js";
import { platformDigests } from "../crypto/platform-digests.js";
import { readDelivery } from "../delivery/read-delivery.js";
import { checkSecrets } from "../scheme/check-arguments.js";
import type { Delivery, WebhookRequest } from "../scheme/delivery.js";
import type { HashContent } from "../scheme/encodings.js";
import type { WebhookScheme } from "../scheme/webhook-scheme.js";
import { checkTimestamp } from "./check-timestamp.js";
import { matchesSecret, type VerificationContext } from "./matches-secret.js";
import { resolveSecrets } from "./resolve-secrets.js";
import { signatureMismatch } from "./signature-mismatch.js";
import { signedItems } from "./signed-items.js";
import { computePart } from "./signed-parts.js";
import { urlsInFormats } from "./urls-in-formats.js";
import type { VerifyOptions } from "./verify-options.js";

/** A delivery whose signature was verified. */
export interface VerifiedDelivery {
  /** When it was signed, in milliseconds since the epoch. Undefined where the provider sends no timestamp. */
  readonly signedAtMs: number | undefined;
  /** Its headers and the raw bytes of its body. */
  readonly delivery: Delivery;
}

/**
 * Verifies that a provider signed a delivery. Does not parse its events.
 * @throws WebhookVerificationError where the delivery is rejected, with the reason. ConfigurationError where `secrets`
 * contains no secret, or one in the wrong format, or an argument is missing.
 */
export function verifySignature(
  scheme: WebhookScheme,
  request: Request | WebhookRequest,
  options: VerifyOptions,
): Promise<VerifiedDelivery> {
  try {
    checkSecrets(scheme, options);
    // Only promises are awaited, and this function is not asynchronous: each `await` costs a tenth of a hash.
    const read = readDelivery(scheme, request, options);
    if (!(read instanceof Promise)) return verifyDelivery(scheme, read, options);
    return read.then((delivery) => verifyDelivery(scheme, delivery, options));
  } catch (error) {
    return Promise.reject(error);
  }
}

/** Verifies a delivery that was read, as `verifySignature` does. `onMatch` is given the secret that signed it. */
export async function verifyDelivery(
  scheme: WebhookScheme,
  delivery: Delivery,
  options: VerifyOptions & { readonly onMatch?: (secret: string) => void },
): Promise<VerifiedDelivery> {
  const { digests = platformDigests() } = options;
  const items = signedItems(scheme, delivery);
  const { clock = systemClock, toleranceMs } = options;
  const signedAt = checkTimestamp(scheme, delivery, { clock, toleranceMs, isVerified: false });
  const resolved = resolveSecrets(scheme, options.secrets, delivery);
  const secrets = resolved instanceof Promise ? await resolved : resolved;
  const hash: HashContent = (content) => digests.hash("SHA-256", [content], "hex");
  const computing = computePart(scheme, delivery, hash);
  const computed = computing instanceof Promise ? await computing : computing;
  const timestamp = signedAt?.text ?? "";
  const context: VerificationContext = { scheme, delivery, timestamp, computed, digests, hash, clock };
  const formatted = scheme.urlFormats === undefined ? [delivery.url] : urlsInFormats(delivery.url, scheme.urlFormats);
  // A generator can be iterated only once.
  const urls = items.length === 1 ? formatted : [...formatted];

  for (const { event, signatures } of items) {
    let isSigned = false;
    search: for (const url of urls) {
      for (const secret of secrets) {
        const matching = matchesSecret(context, { secret, url, event }, signatures);
        isSigned = typeof matching === "boolean" ? matching : await matching;
        if (isSigned) {
          options.onMatch?.(secret);
          break search;
        }
      }
    }
    if (!isSigned) throw signatureMismatch(scheme, secrets, { signatures, delivery });
  }
  // A time in the body is read when the body is verified.
  const { ms } = signedAt ?? checkTimestamp(scheme, delivery, { clock, toleranceMs, isVerified: true }) ?? {};
  return { signedAtMs: ms, delivery };
}
