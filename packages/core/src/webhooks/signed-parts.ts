import type { Delivery } from "./delivery.js";
import type { Parts } from "./digest.js";
import { headerValues } from "./header-values.js";
import { readText } from "./read-text.js";
import { refusal } from "./refuse.js";
import type { SignedPart, WebhookScheme } from "./scheme.js";

/** What the parts are taken from. */
export interface SignedSource {
  readonly delivery: Delivery;
  /** The spelling of the address. */
  readonly url: string;
  readonly timestamp: string;
  readonly secret: string;
  /** The event that is signed, where each is signed by itself. */
  readonly event: unknown;
  /** What of a form is signed; nothing where the body is signed by its hash. */
  readonly form: string;
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : "";
}

function readPart(scheme: WebhookScheme, part: SignedPart, source: SignedSource): string | Uint8Array {
  const { delivery } = source;
  switch (part) {
    case "timestamp":
    case "url":
    case "secret":
      return source[part];
    case "sorted-form":
      return source.form;
    case "body":
      return delivery.content;
    case "method":
      return delivery.method;
    case "host":
      return hostOf(source.url);
  }
  if ("text" in part) return part.text;
  if ("body" in part) return readText(source.event, part.body) ?? "";
  const { header } = part.value;
  const [value] = headerValues(delivery.header(header) ?? "", part.value);
  if (value === undefined || value === "") {
    throw refusal(scheme, "header-missing", `there is no header ${header} in the form that is signed.`);
  }
  return value;
}

/** What the provider signed: texts that follow each other as one, since each part is a call of the hash. */
export function signedParts(scheme: WebhookScheme, source: SignedSource): Parts {
  const parts: (string | Uint8Array)[] = [];
  let text = "";
  for (const part of scheme.signed) {
    const value = readPart(scheme, part, source);
    if (typeof value === "string") text += value;
    else {
      if (text !== "") parts.push(text);
      parts.push(value);
      text = "";
    }
  }
  if (text !== "") parts.push(text);
  return parts;
}
