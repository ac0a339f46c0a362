import type { WebhookVerificationError } from "../../errors/connectry-error.js";
import { decodeBytes } from "../crypto/encode-bytes.js";
import { type Delivery, rejection } from "../scheme/delivery.js";
import type { WebhookScheme } from "../scheme/webhook-scheme.js";

// The first characters are enough: no JSON and no form consists of these alone.
const base64Start = /^[A-Za-z0-9+/]{40,64}={0,2}$/;

/** Whether a body is still in Base64, as AWS Lambda passes it to a function. */
const isBase64 = (content: Delivery["content"]) =>
  base64Start.test(
    typeof content === "string" ? content.slice(0, 64) : String.fromCharCode(...content.subarray(0, 64)),
  );

function wrongSecret(
  scheme: WebhookScheme,
  secrets: readonly string[],
  { content }: Delivery,
): WebhookVerificationError {
  const hints = [
    `Check that the secret is ${scheme.secret}, and that the body is the raw bytes as they were sent.`,
    ...(scheme.signed.includes("url")
      ? ["The URL is signed, too: behind a proxy, set `publicUrl` to the URL that the provider calls."]
      : []),
    ...(isBase64(content)
      ? [
          'The body is in Base64: decode it first, on AWS Lambda by toLambdaHandler(handler), or by Buffer.from(event.body, "base64") where event.isBase64Encoded is true.',
        ]
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
  { signatures, delivery }: { readonly signatures: readonly string[]; readonly delivery: Delivery },
): WebhookVerificationError {
  const { encoding } = scheme.signature;
  // A passcode is any text, and a token has parts.
  const isText = ["passcode", "published-key"].includes(scheme.algorithm.kind);
  if (isText || signatures.some((text) => text !== "" && decodeBytes(text, encoding) !== undefined)) {
    return wrongSecret(scheme, secrets, delivery);
  }
  return rejection(scheme, "malformed", `the signature is not valid ${encoding}.`);
}
