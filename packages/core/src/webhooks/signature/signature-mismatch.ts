import type { WebhookVerificationError } from "../../errors/connectry-error.js";
import { decodeBytes } from "../crypto/encode-bytes.js";
import { rejection } from "../scheme/delivery.js";
import type { WebhookScheme } from "../scheme/webhook-scheme.js";

function wrongSecret(scheme: WebhookScheme, secrets: readonly string[]): WebhookVerificationError {
  const hints = [
    `Check that the secret is ${scheme.secret}, and that the body is the raw bytes as they were sent.`,
    ...(scheme.signed.includes("url")
      ? ["The URL is signed, too: behind a proxy, set `publicUrl` to the URL that the provider calls."]
      : []),
    ...(secrets.some((secret) => secret !== secret.trim()) ? ["A secret begins or ends with white space."] : []),
  ];
  const subject = secrets.length === 1 ? "the secret" : `any of the ${secrets.length} secrets`;
  return rejection(scheme, "wrong-secret", `the signature does not match ${subject}. ${hints.join(" ")}`);
}

/**
 * The error of a delivery whose signatures match no secret: `malformed` where none of them is a signature in the
 * scheme's encoding, and otherwise `wrong-secret`.
 */
export function signatureMismatch(
  scheme: WebhookScheme,
  secrets: readonly string[],
  signatures: readonly string[],
): WebhookVerificationError {
  const { encoding } = scheme.signature;
  const isPasscode = scheme.algorithm.kind === "passcode";
  if (isPasscode || signatures.some((text) => text !== "" && decodeBytes(text, encoding) !== undefined)) {
    return wrongSecret(scheme, secrets);
  }
  return rejection(scheme, "malformed", `the signature is not valid ${encoding}.`);
}
