import { eventItems, readText } from "../delivery/body-fields.js";
import { headerValues } from "../delivery/header-values.js";
import { parseUnverified } from "../delivery/parse-unverified.js";
import { type Delivery, rejection } from "../scheme/delivery.js";
import type { SignatureLocation, WebhookScheme } from "../scheme/webhook-scheme.js";

/** Something that is signed by itself, with its signatures. One of them has to match. */
export interface SignedItem {
  /** Where each event is signed by itself. Undefined where the signature covers the delivery. */
  readonly event: unknown;
  readonly signatures: readonly string[];
}

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
  const { header } = location;
  const text = delivery.header(header);
  if (text === undefined) {
    const message = `the header ${header} is missing. Check that the request comes from the provider, and that no proxy removes the header.`;
    throw rejection(scheme, "header-missing", message);
  }
  const signatures = headerValues(text, location);
  if (signatures.length === 0 || signatures.length > maxSignatures) {
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
  if (signature.in === "header") {
    return [{ event: undefined, signatures: headerSignatures(scheme, signature, delivery) }];
  }
  const events = eventItems(scheme, parseUnverified(scheme, delivery));
  if (events.length === 0) throw rejection(scheme, "malformed", "the body does not contain a signed event.");
  return events.map((event) => {
    const text = readText(event, signature.path);
    if (text === undefined) {
      const message = `an event in the body does not have a signature at \`${signature.path.join(".")}\`.`;
      throw rejection(scheme, "malformed", message);
    }
    return { event, signatures: [text] };
  });
}
