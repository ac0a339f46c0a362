import { readPath } from "../../platform/json-path.js";
import { isForm } from "../delivery/form-body.js";
import { formFields } from "../delivery/form-fields.js";
import { bodyText } from "../delivery/parse-body.js";
import { type Delivery, rejection } from "../scheme/delivery.js";
import type { ThinWebhookScheme } from "../scheme/thin-webhook-scheme.js";

/** An object that a notification names. */
export interface NotifiedObject<Kind extends string> {
  readonly kind: Kind;
  readonly id: string;
}

function parseNotification(delivery: Delivery): unknown {
  const text = bodyText(delivery);
  try {
    return isForm(delivery) ? Object.fromEntries(formFields(text, true) ?? []) : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Reads which object a notification is about, of the kinds that are given.
 * @throws WebhookVerificationError `malformed` where the body has no id that looks like one of theirs.
 */
export function readObjectId<Kind extends string>(
  scheme: ThinWebhookScheme<Kind>,
  delivery: Delivery,
  kinds: readonly Kind[],
): NotifiedObject<Kind> {
  const id = readPath(parseNotification(delivery), scheme.idPath);
  const kind = typeof id === "string" ? kinds.find((one) => scheme.objects[one].test(id)) : undefined;
  if (kind !== undefined) return { kind, id: id as string };
  const message = `the body has no id of ${kinds.map((one) => `\`${one}\``).join(" or ")} at \`${scheme.idPath.join(".")}\`.`;
  throw rejection(scheme, "malformed", message);
}
