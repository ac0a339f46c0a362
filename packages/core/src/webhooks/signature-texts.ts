import type { Delivery } from "./delivery.js";
import { headerValues } from "./header-values.js";
import { refusal } from "./refuse.js";
import type { SignaturePlace, WebhookScheme } from "./scheme.js";

// One for each secret while one replaces another; more would only cost time.
const maxSignatures = 32;

/**
 * The signatures in a delivery's header, any of which may be right.
 * @throws WebhookVerificationError `header-missing` or `malformed`.
 */
export function signatureTexts(
  scheme: WebhookScheme,
  place: Extract<SignaturePlace, { in: "header" }>,
  delivery: Delivery,
): readonly string[] {
  const { header } = place;
  const text = delivery.header(header);
  if (text === undefined) {
    throw refusal(
      scheme,
      "header-missing",
      `there is no header ${header}. Is this request the provider's own, and did a proxy let the header through?`,
    );
  }
  const texts = headerValues(text, place);
  if (texts.length === 0 || texts.length > maxSignatures) {
    const form = `${place.prefix ?? ""}<${place.encoding}>${place.suffix ?? ""}`;
    throw refusal(scheme, "malformed", `the header ${header} does not hold a signature in the form ${form}.`);
  }
  return texts;
}
