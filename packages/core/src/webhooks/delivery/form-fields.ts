import { utf8Encoder } from "../../platform/utf8.js";
import { hasMore } from "./has-more.js";

/** The fields of a form by their names. A repeated field has all of its values, in their order. */
export type FormFields = ReadonlyMap<string, string | readonly string[]>;

/**
 * The maximum number of fields of a form, as in PHP (`max_input_vars`) and Django (`DATA_UPLOAD_MAX_NUMBER_FIELDS`).
 * Forms are read before their signature is verified.
 */
export const maxFields = 1_000;

// Text so short is decoded by the platform, in less time than it takes to make its bytes.
const shortLength = 256;
const shortForm = 8_192;
const percent = 0x25;
const plus = 0x2b;
const space = 0x20;

/** The values of hexadecimal digits by their codes, and -1 for all other bytes. */
const hexValues = Int8Array.from({ length: 256 }, (_, code) => {
  const character = String.fromCharCode(code);
  return /[0-9a-f]/i.test(character) ? Number.parseInt(character, 16) : -1;
});

/**
 * Decodes a name or a value of a form as the URL standard does: an invalid percent-encoding is kept as it is, and
 * invalid UTF-8 becomes U+FFFD. One pass over the bytes, so that no input takes more than linear time. `querystring`
 * of Node decodes in the same way. https://url.spec.whatwg.org/#concept-urlencoded-parser
 * @throws TypeError for both, where `isStrict`.
 */
export function decodeFormText(text: string, isStrict = false): string {
  if (!text.includes("%") && !text.includes("+")) return text;
  if (text.length <= shortLength) {
    try {
      return decodeURIComponent(text.replaceAll("+", " "));
    } catch {
      // An escape is invalid or not UTF-8: see below.
    }
  }
  const bytes = utf8Encoder().encode(text);
  let length = 0;
  for (let index = 0; index < bytes.length; index += 1) {
    let byte = bytes[index] as number;
    if (byte === plus) byte = space;
    else if (byte === percent && index + 2 < bytes.length) {
      const high = hexValues[bytes[index + 1] as number] as number;
      const low = hexValues[bytes[index + 2] as number] as number;
      if (high >= 0 && low >= 0) {
        byte = high * 16 + low;
        index += 2;
      } else if (isStrict) throw new TypeError("invalid percent-encoding");
    }
    bytes[length] = byte;
    length += 1;
  }
  // It keeps a byte order mark, as the URL standard does.
  return new TextDecoder("utf-8", { ignoreBOM: true, fatal: isStrict }).decode(bytes.subarray(0, length));
}

type FormField = readonly [name: string, value: string];

/** The fields of a form body in their order, as `URLSearchParams` reads them. Undefined where there are too many. */
function readFields(text: string, isStrict = false): FormField[] | undefined {
  if (hasMore(text, "&", maxFields - 1)) return undefined;
  const fields: FormField[] = [];
  // At once where the form is short, which most are: field by field takes several times as long.
  const spaced = text.length <= shortForm ? text.replaceAll("+", " ") : text;
  for (const pair of spaced.split("&")) {
    if (pair === "") continue;
    const equals = pair.indexOf("=");
    const name = decodeFormText(equals < 0 ? pair : pair.slice(0, equals), isStrict);
    fields.push([name, equals < 0 ? "" : decodeFormText(pair.slice(equals + 1), isStrict)]);
  }
  return fields;
}

/**
 * The fields of a form body (application/x-www-form-urlencoded). Undefined where it has more than `maxFields`.
 * @throws TypeError where `isStrict`, and an escape is invalid or not UTF-8. Replacing many would take longer than
 * hashing, so a form that is not verified yet is read strictly.
 */
export function formFields(text: string, isStrict = false): FormFields | undefined {
  const all = readFields(text, isStrict);
  if (all === undefined) return undefined;
  const fields = new Map<string, string | string[]>();
  for (const [name, value] of all) {
    const known = fields.get(name);
    // Pushed in place. Copying the array for each value would take quadratic time for a form that repeats one name.
    if (typeof known === "object") known.push(value);
    else fields.set(name, known === undefined ? value : [known, value]);
  }
  return fields;
}

const compare = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);

/**
 * The fields of a form body as Twilio signs them: sorted, without separators, and each value of a name once. Undefined
 * where it has more than `maxFields`.
 * @throws TypeError where an escape is invalid or not UTF-8.
 */
export function sortedFields(text: string): string | undefined {
  const fields = readFields(text, true)?.sort((one, other) => compare(one[0], other[0]) || compare(one[1], other[1]));
  if (fields === undefined) return undefined;
  let sorted = "";
  let [lastName, lastValue]: readonly (string | undefined)[] = [];
  for (const [name, value] of fields) {
    if (name === lastName && value === lastValue) continue;
    sorted += name + value;
    [lastName, lastValue] = [name, value];
  }
  return sorted;
}
