import type { WebhookScheme } from "../schemes/webhook-scheme.js";
import { type Delivery, rejection } from "./delivery.js";
import { formFields } from "./form-fields.js";

const decoder = new TextDecoder();

/** The body as text. */
export function bodyText({ content }: Delivery): string {
  return typeof content === "string" ? content : decoder.decode(content);
}

/** Whether the content type is that of a form. */
export function isForm(delivery: Pick<Delivery, "header">): boolean {
  return /^application\/x-www-form-urlencoded\s*(;|$)/i.test(delivery.header("content-type") ?? "");
}

function parseJson(scheme: WebhookScheme, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The message of the engine is left out, because it contains a piece of the body.
    throw rejection(scheme, "malformed", "the body is not JSON.");
  }
}

/**
 * Parses a body: JSON, or the fields of a form. An empty body is undefined.
 * @throws WebhookVerificationError `malformed` where the body is neither.
 */
export function parseBody(scheme: WebhookScheme, delivery: Delivery): unknown {
  const text = bodyText(delivery);
  if (text === "") return undefined;
  if (!isForm(delivery)) return parseJson(scheme, text);
  const fields = formFields(text);
  const json = fields.get(scheme.event.formField ?? "");
  return typeof json === "string" ? parseJson(scheme, json) : Object.fromEntries(fields);
}
