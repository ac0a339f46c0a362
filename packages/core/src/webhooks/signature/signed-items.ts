import { headerValues } from "../delivery/header-values.js";
import { type Delivery, rejection } from "../scheme/delivery.js";
import type { SignatureLocation, SignedItem, WebhookScheme } from "../scheme/webhook-scheme.js";

// While a secret is rotated, a provider sends a signature for each secret. Comparing more than these only takes time.
const maxSignatures = 32;

/**
 * The signatures in the header of a delivery.
 * @throws WebhookVerificationError `header-missing` or `malformed`.
 */
function headerSignatures(
  scheme: WebhookScheme,
  location: Extract<SignatureLocation, { in: "header" }>,
  delivery: Delivery,
): readonly string[] {
  const { header, others = [] } = location;
  const texts = [header, ...others].flatMap((name) => delivery.header(name) ?? []);
  if (texts.length === 0) {
    const message = `the header ${header} is missing. Check that the request comes from the provider, and that no proxy removes the header.`;
    throw rejection(scheme, "header-missing", message);
  }
  const signatures = texts.flatMap((text) => headerValues(text, location));
  if (signatures.length > maxSignatures) {
    const message = `the header ${header} contains ${signatures.length} signatures, and at most ${maxSignatures} are compared.`;
    throw rejection(scheme, "malformed", message);
  }
  if (signatures.length === 0) {
    const format = `${location.prefix ?? ""}<${location.encoding}>${location.suffix ?? ""}`;
    throw rejection(scheme, "malformed", `the header ${header} does not contain a signature in the format ${format}.`);
  }
  return signatures;
}

/**
 * What is signed, with its signatures: the delivery, or each of its events.
 * @throws WebhookVerificationError `header-missing` or `malformed`.
 */
export function signedItems(scheme: WebhookScheme, delivery: Delivery): readonly SignedItem[] {
  const { signature } = scheme;
  if (signature.in !== "header") return signature.read(scheme, delivery, signature.path);
  return [{ event: undefined, signatures: headerSignatures(scheme, signature, delivery) }];
}
