import { parseJson } from "../../platform/parse-json.js";
import { type Delivery, rejection } from "../scheme/delivery.js";
import type { BodyText } from "../scheme/encodings.js";
import type { WebhookScheme } from "../scheme/webhook-scheme.js";

const byteOrderMark = "\ufeff";

/** The body as text, without a byte order mark. */
export function bodyText({ content }: Delivery): string {
  if (typeof content !== "string") return new TextDecoder().decode(content);
  return content.startsWith(byteOrderMark) ? content.slice(1) : content;
}

/** To keep the digits of integers takes several times as long, which what is not authentic must not cost. */
function parseJsonOf(scheme: WebhookScheme, { text, isVerified }: BodyText): unknown {
  try {
    return isVerified ? parseJson(text) : JSON.parse(text);
  } catch {
    // The message of the engine is left out, because it contains a piece of the body.
    throw rejection(scheme, "malformed", "the body is not JSON.");
  }
}

/**
 * Parses a body: JSON, in which an integer that a number does not hold is the text of its digits, or the fields of a form where the
 * scheme has forms. An empty body is undefined, except where the scheme reads the query of a GET.
 * @throws WebhookVerificationError `malformed` where the body is neither.
 */
export function parseBody(scheme: WebhookScheme, delivery: Delivery): unknown {
  return parseText(scheme, delivery, { text: bodyText(delivery), isVerified: true });
}

/** Parses the text of a body as `parseBody` does, but for the digits of integers where it is not verified. */
export function parseText(scheme: WebhookScheme, delivery: Delivery, body: BodyText): unknown {
  const form = scheme.event.form?.(scheme, delivery, body);
  if (form === undefined) return body.text === "" ? undefined : parseJsonOf(scheme, body);
  const json = form.get(scheme.event.formField ?? "");
  return typeof json === "string" ? parseJsonOf(scheme, { ...body, text: json }) : Object.fromEntries(form);
}
