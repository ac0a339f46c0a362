import type { HashInput } from "../crypto/digests.js";
import { readText } from "../delivery/body-fields.js";
import { headerValues } from "../delivery/header-values.js";
import { type Delivery, rejection } from "../scheme/delivery.js";
import type { HashContent } from "../scheme/encodings.js";
import type { ComputePart, SignedPart, WebhookScheme } from "../scheme/webhook-scheme.js";

/** A delivery, and what does not depend on the secret, the URL or the event that is tried. */
export interface SigningContext {
  readonly scheme: WebhookScheme;
  readonly delivery: Delivery;
  /** As sent. Empty where the scheme has none. */
  readonly timestamp: string;
  /** The part that a function computes. Empty where the scheme has none. */
  readonly computed: string | Uint8Array;
}

/** One combination that may have been signed. */
export interface SignedSource {
  readonly secret: string;
  /** The URL in one of the scheme's formats. */
  readonly url: string;
  /** Where each event is signed by itself. */
  readonly event: unknown;
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : "";
}

function readPart(context: SigningContext, source: SignedSource, part: SignedPart): string | Uint8Array {
  const { scheme, delivery } = context;
  switch (part) {
    case "timestamp":
      return context.timestamp;
    case "url":
    case "secret":
      return source[part];
    case "body":
      return delivery.content;
    case "method":
      return delivery.method;
    case "host":
      return hostOf(source.url);
  }
  if ("text" in part) return part.text;
  if ("compute" in part) return context.computed;
  if ("body" in part) return readText(source.event, part.body) ?? "";
  const { header } = part.value;
  const [value] = headerValues(delivery.header(header) ?? "", part.value);
  if (value === undefined || value === "") {
    throw rejection(scheme, "header-missing", `the header ${header}, which is signed, is missing or malformed.`);
  }
  return value;
}

/**
 * Computes the part of a scheme that is a function.
 * @throws what the function throws.
 */
export function computePart(scheme: WebhookScheme, delivery: Delivery, hash: HashContent): ReturnType<ComputePart> {
  for (const part of scheme.signed) {
    if (typeof part === "object" && "compute" in part) return part.compute(scheme, delivery, hash);
  }
  return "";
}

/** What the provider signed. Adjacent texts are joined, because each part costs a call of the hash. */
export function signedParts(context: SigningContext, source: SignedSource): HashInput {
  const parts: (string | Uint8Array)[] = [];
  let text = "";
  for (const part of context.scheme.signed) {
    const value = readPart(context, source, part);
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
