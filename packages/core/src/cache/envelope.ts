import type { DataForm } from "./data-form.js";
import type { Entry } from "./entry.js";
import { type Allowance, nothingSaid } from "./freshness.js";
import type { KeptBody } from "./kept-body.js";
import { KeptFields } from "./kept-fields.js";

// Raised whenever what is below changes, so that processes of two versions cannot misread each other.
const schema = 3;

/** What a head says, in this order: names would have to be read each time. */
type Head = readonly [
  status: number,
  form: DataForm,
  body: "none" | "text" | "base64",
  bodyBytes: number,
  validatedAtMs: number,
  fetchMs: number,
  /** 0 where nothing was said. */
  allowance: Allowance | 0,
  tags: readonly string[],
  /** Of each tag, when the value was fetched. */
  marks: readonly string[],
  /** Characters of the fields, and of all that is behind the head, since a value may arrive cut short. */
  fieldsLength: number,
  length: number,
];

/** An entry that came from others, and the marks under which it is good. */
export interface Opened {
  readonly entry: Entry;
  readonly marks: readonly string[];
}

/** What all envelopes of a key begin with. */
const nameOf = (key: string) => `${schema} ${key} `;

function packBody(body: KeptBody): readonly [how: Head[2], text: string] {
  if (body === undefined) return ["none", ""];
  if (typeof body === "string") return ["text", body];
  let text = "";
  for (let at = 0; at < body.length; at += 8_192) text += String.fromCharCode(...body.subarray(at, at + 8_192));
  return ["base64", btoa(text)];
}

function unpackBody(how: Head[2], text: string): KeptBody {
  if (how === "none") return undefined;
  return how === "text" ? text : Uint8Array.from(atob(text), (byte) => byte.charCodeAt(0));
}

/** An entry as one text: a line that says of which schema and key it is, and what it is; its fields, and the body. */
export function sealEnvelope(key: string, entry: Entry, marks: readonly string[]): string {
  const { status, fields, form, bodyBytes, validatedAtMs, fetchMs, tags } = entry;
  const [how, text] = packBody(entry.body);
  const allowance = entry.allowance === nothingSaid ? 0 : entry.allowance;
  const behind = fields.text + text;
  const lengths = [fields.text.length, behind.length] as const;
  const head: Head = [
    status,
    form,
    how,
    bodyBytes,
    validatedAtMs,
    Math.ceil(fetchMs),
    allowance,
    tags,
    marks,
    ...lengths,
  ];
  return `${nameOf(key)}${JSON.stringify(head)}\n${behind}`;
}

/** What an envelope holds; undefined where it is of another key or schema, or broken: that is a miss. Redis is others' too. */
export function openEnvelope(key: string, envelope: string): Opened | undefined {
  const name = nameOf(key);
  if (!envelope.startsWith(name)) return undefined;
  try {
    const at = envelope.indexOf("\n") + 1;
    const head = JSON.parse(envelope.slice(name.length, at)) as Head;
    const [status, form, how, bodyBytes, validatedAtMs, fetchMs, said, tags, marks, fieldsLength, length] = head;
    if (length !== envelope.length - at) return undefined;
    const allowance = said === 0 ? nothingSaid : said;
    const numbers = [status, bodyBytes, validatedAtMs, fetchMs, allowance.freshMs];
    if (!numbers.every(Number.isFinite) || !Array.isArray(tags) || !Array.isArray(marks)) return undefined;
    const fields = KeptFields.read(envelope.slice(at, at + fieldsLength));
    if (fields === undefined || tags.length !== marks.length) return undefined;
    const body = unpackBody(how, envelope.slice(at + fieldsLength));
    return { entry: { status, fields, form, body, bodyBytes, validatedAtMs, fetchMs, allowance, tags }, marks };
  } catch {
    return undefined;
  }
}
