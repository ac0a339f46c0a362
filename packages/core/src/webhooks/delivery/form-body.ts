import { utf8Encoder } from "../../platform/utf8.js";
import { timingSafeEqual } from "../crypto/timing-safe-equal.js";
import { type Delivery, rejection } from "../scheme/delivery.js";
import type { BodyText, HashContent } from "../scheme/encodings.js";
import type { WebhookScheme } from "../scheme/webhook-scheme.js";
import { type FormFields, formFields, maxFields, sortedFields } from "./form-fields.js";
import { bodyText } from "./parse-body.js";

/**
 * The maximum size of a form that is signed field by field: it is decoded, and hashed once for each format of the URL and
 * each secret. Parsers of forms usually allow less (Express: 100 kB).
 */
const maxSignedBytes = 262_144;

/** Whether the content type is that of a form. */
export function isForm(delivery: Pick<Delivery, "header">): boolean {
  return /^application\/x-www-form-urlencoded\s*(;|$)/i.test(delivery.header("content-type") ?? "");
}

/** @throws WebhookVerificationError `malformed` where a form cannot be read, or has too many fields. */
function readOrReject<Result>(scheme: WebhookScheme, read: () => Result | undefined): Result {
  let result: Result | undefined;
  try {
    result = read();
  } catch {
    throw rejection(scheme, "malformed", "the form has invalid escapes.");
  }
  if (result !== undefined) return result;
  throw rejection(scheme, "malformed", `the form has more than ${maxFields} fields.`);
}

/**
 * `event.form` of schemes whose provider sends forms (application/x-www-form-urlencoded): the fields of a form, and those
 * of the query of a GET where the URL is signed.
 * @throws WebhookVerificationError `malformed` where a form has more than 1,000 fields.
 */
export function formBody(
  scheme: WebhookScheme,
  delivery: Delivery,
  { text, isVerified }: BodyText,
): FormFields | undefined {
  if (isForm(delivery)) return readOrReject(scheme, () => formFields(text, !isVerified));
  return queryFields(scheme, delivery);
}

/**
 * `event.form` of schemes whose provider sends no forms, but requests without a body (HubSpot's cards): the fields of the
 * query of a GET. Only where the URL is signed.
 * @throws WebhookVerificationError `malformed` where the query has more than 1,000 fields.
 */
export function queryFields(scheme: WebhookScheme, delivery: Delivery): FormFields | undefined {
  if (delivery.method !== "GET" || delivery.content.length > 0 || !scheme.signed.includes("url")) return undefined;
  const [, query = ""] = /\?([^#]*)/.exec(delivery.url) ?? [];
  return readOrReject(scheme, () => formFields(query));
}

/** The hash of the body in the query of the URL. Undefined where the scheme or the URL has none. */
function queryBodyHash({ bodyHashQuery }: WebhookScheme, { url }: Delivery): string | undefined {
  if (bodyHashQuery === undefined || !url.includes(bodyHashQuery) || !URL.canParse(url)) return undefined;
  return new URL(url).searchParams.get(bodyHashQuery) ?? undefined;
}

/** @throws WebhookVerificationError `wrong-secret` where the body has another hash. Nothing else of it is signed. */
async function checkBodyHash(scheme: WebhookScheme, expected: string, actual: string | Promise<string>) {
  if (timingSafeEqual(expected, await actual)) return "";
  const message = `the body does not have the hash in the parameter ${scheme.bodyHashQuery} of the URL. Check that it is the raw bytes as they were sent.`;
  throw rejection(scheme, "wrong-secret", message);
}

/**
 * The signed part of Twilio: the fields of a form body, sorted by name, each as its name and its value: `A1B2`. Empty
 * where the body is empty, or signed by its hash in the query.
 * @throws WebhookVerificationError `malformed` where nothing would cover the body, or it is a form with invalid escapes or
 * more than 1,000 fields; `too-large` where it is a form of more than 256 KiB; `wrong-secret` where the body does not have
 * the hash in the query.
 */
export function sortedForm(
  scheme: WebhookScheme,
  delivery: Delivery,
  hash: HashContent,
): Uint8Array | string | Promise<string> {
  const bodyHash = queryBodyHash(scheme, delivery);
  if (bodyHash !== undefined) return checkBodyHash(scheme, bodyHash, hash(delivery.content));
  if (delivery.content.length === 0) return "";
  if (!isForm(delivery)) {
    throw rejection(
      scheme,
      "malformed",
      `the body is not a form, and the URL does not have the parameter ${scheme.bodyHashQuery}, so the body is not signed.`,
    );
  }
  if (delivery.content.length > maxSignedBytes) {
    throw rejection(scheme, "too-large", `the body is a form larger than ${maxSignedBytes} bytes.`);
  }
  // As bytes, because it is hashed once for each format of the URL.
  return utf8Encoder().encode(readOrReject(scheme, () => sortedFields(bodyText(delivery))));
}
