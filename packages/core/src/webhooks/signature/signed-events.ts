import type { JsonPath } from "../../platform/json-path.js";
import { eventItems, readText } from "../delivery/body-fields.js";
import { parseUnverified } from "../delivery/parse-unverified.js";
import { type Delivery, rejection } from "../scheme/delivery.js";
import type { SignedItem, WebhookScheme } from "../scheme/webhook-scheme.js";

/**
 * `signature.read` of schemes whose signatures are in the body: each event, with its signature.
 * @throws WebhookVerificationError `malformed` where the body cannot be parsed, or an event has no signature.
 */
export function signedEvents(scheme: WebhookScheme, delivery: Delivery, path: JsonPath): readonly SignedItem[] {
  const events = eventItems(scheme, parseUnverified(scheme, delivery));
  if (events.length === 0) throw rejection(scheme, "malformed", "the body does not contain a signed event.");
  return events.map((event) => {
    const text = readText(event, path);
    if (text === undefined) {
      const message = `an event in the body does not have a signature at \`${path.join(".")}\`.`;
      throw rejection(scheme, "malformed", message);
    }
    return { event, signatures: [text] };
  });
}
