import type { HashInput } from "../crypto/digests.js";
import { readText } from "../delivery/body-fields.js";
import { hasMore } from "../delivery/has-more.js";
import { headerValues } from "../delivery/header-values.js";
import { type Delivery, rejection } from "../scheme/delivery.js";
import type { HashContent } from "../scheme/encodings.js";
import type { HeaderValue } from "../scheme/locations.js";
import type { ComputePart, SignedPart, WebhookScheme } from "../scheme/webhook-scheme.js";

type NamedHeaders = Extract<SignedPart, { readonly named: HeaderValue }>;

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

// Anyone can send a list of names, and each one is looked up.
const maxNames = 32;

/**
 * The values of the headers whose names a header lists.
 * @throws WebhookVerificationError `header-missing` where the list or one of them is missing, `malformed` where it is too long.
 */
function namedHeaders(scheme: WebhookScheme, delivery: Delivery, { named, join }: NamedHeaders): string {
  const [list] = headerValues(delivery.header(named.header) ?? "", named);
  if (list === undefined) {
    throw rejection(scheme, "header-missing", `the header ${named.header} does not list the headers that are signed.`);
  }
  if (hasMore(list, " ", maxNames - 1)) {
    throw rejection(scheme, "malformed", `the header ${named.header} lists more than ${maxNames} headers.`);
  }
  const names = list.split(" ").filter((name) => name !== "");
  const values = names.map((name) => delivery.header(name.toLowerCase()));
  const missing = values.indexOf(undefined);
  if (missing < 0) return values.join(join);
  throw rejection(scheme, "header-missing", "a header that is signed is missing. Check that no proxy removes headers.");
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
  if ("named" in part) return namedHeaders(scheme, delivery, part);
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
