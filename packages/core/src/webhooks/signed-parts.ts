import type { Delivery } from "./delivery.js";
import type { Parts } from "./digest.js";
import { formFields, sortedFields } from "./form-fields.js";
import { headerValues } from "./header-values.js";
import { readText } from "./read-path.js";
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
  /** The body is signed by its hash in the address. */
  readonly isBodyHashed: boolean;
}

const decoder = new TextDecoder();

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
    case "body":
    case "method":
      return delivery[part];
    case "host":
      return hostOf(source.url);
    case "sorted-form":
      return source.isBodyHashed ? "" : sortedFields(formFields(decoder.decode(delivery.body)));
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

/** What the provider signed, part by part. */
export function signedParts(scheme: WebhookScheme, source: SignedSource): Parts {
  return scheme.signed.map((part) => readPart(scheme, part, source));
}
