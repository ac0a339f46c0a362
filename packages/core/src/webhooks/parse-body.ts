import type { Delivery } from "./delivery.js";
import { formFields } from "./form-fields.js";
import { refusal } from "./refuse.js";
import type { WebhookScheme } from "./scheme.js";

const decoder = new TextDecoder();

/** The body as text. */
export function bodyText({ content }: Delivery): string {
  return typeof content === "string" ? content : decoder.decode(content);
}

/** Whether the body is a form. */
export function isForm(delivery: Delivery): boolean {
  return /^application\/x-www-form-urlencoded\s*(;|$)/i.test(delivery.header("content-type") ?? "");
}

function parseJson(scheme: WebhookScheme, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The engine's message would repeat a piece of the body.
    throw refusal(scheme, "malformed", "the body is not JSON.");
  }
}

/**
 * The body as a value: JSON, or the fields of a form.
 * @throws WebhookVerificationError `malformed` where it is neither.
 */
export function parseBody(scheme: WebhookScheme, delivery: Delivery): unknown {
  const text = bodyText(delivery);
  if (text === "") return undefined;
  if (!isForm(delivery)) return parseJson(scheme, text);
  const fields = formFields(text);
  const json = fields.get(scheme.event.formField ?? "");
  return typeof json === "string" ? parseJson(scheme, json) : Object.fromEntries(fields);
}
