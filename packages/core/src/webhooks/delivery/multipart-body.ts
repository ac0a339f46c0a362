import { type Delivery, rejection } from "../scheme/delivery.js";
import type { BodyText } from "../scheme/encodings.js";
import type { WebhookScheme } from "../scheme/webhook-scheme.js";
import { formBody } from "./form-body.js";
import { type FormFields, maxFields } from "./form-fields.js";

// RFC 2046, section 5.1.1: a boundary has at most 70 characters.
const boundaryOf = /^multipart\/form-data\s*;(?:[^;]*;)*?\s*boundary=(?:"([^"\r\n]{1,70})"|([^\s";]{1,70}))/i;

/** The header of a part has at most this many characters; a part with a longer one is malformed. */
const maxHeader = 1_024;

/** The name of a field, of the header of its part. Undefined where the part is a file. */
function fieldName(header: string): string | undefined {
  const disposition = /^content-disposition:\s*form-data\s*;([^\r\n]*)/im.exec(header)?.[1] ?? "";
  if (/;?\s*filename\*?=/i.test(disposition)) return undefined;
  return /(?:^|;)\s*name="([^"]*)"/i.exec(disposition)?.[1];
}

/** The fields of a multipart form without its files. Undefined where it is malformed. One pass over the text. */
function multipartFields(text: string, boundary: string): FormFields | undefined {
  const fields = new Map<string, string | string[]>();
  const delimiter = `--${boundary}`;
  let from = text.startsWith(delimiter) ? delimiter.length : -1;
  for (let parts = 0; from >= 0; parts += 1) {
    if (text.startsWith("--", from)) return fields;
    const headerEnd = text.indexOf("\r\n\r\n", from);
    if (parts === maxFields || headerEnd < 0 || headerEnd - from > maxHeader) return undefined;
    const end = text.indexOf(`\r\n${delimiter}`, headerEnd + 2);
    if (end < 0) return undefined;
    const name = fieldName(text.slice(from, headerEnd));
    const value = text.slice(headerEnd + 4, Math.max(end, headerEnd + 4));
    if (name !== undefined) {
      const known = fields.get(name);
      if (typeof known === "object") known.push(value);
      else fields.set(name, known === undefined ? value : [known, value]);
    }
    from = end + 2 + delimiter.length;
  }
  return undefined;
}

/**
 * `event.form` of schemes whose provider sends multipart forms (RFC 7578): their fields, without files. Other forms are read as
 * `formBody` does.
 * @throws WebhookVerificationError `malformed` where it is not a multipart form, or has more than 1,000 parts.
 */
export function multipartBody(scheme: WebhookScheme, delivery: Delivery, body: BodyText): FormFields | undefined {
  const type = delivery.header("content-type") ?? "";
  if (!/^multipart\/form-data/i.test(type)) return formBody(scheme, delivery, body);
  const [, quoted, plain] = boundaryOf.exec(type.slice(0, maxHeader)) ?? [];
  const boundary = quoted ?? plain;
  const fields = boundary === undefined ? undefined : multipartFields(body.text, boundary);
  if (fields !== undefined) return fields;
  throw rejection(scheme, "malformed", `the body is not a multipart form of at most ${maxFields} parts.`);
}
