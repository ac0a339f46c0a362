import type { Entry } from "./entry.js";
import { type Allowance, nothingSaid } from "./freshness.js";
import type { KeptBody } from "./kept-body.js";
import { KeptFields } from "./kept-fields.js";

// Raised whenever what is below changes, so that processes of two versions cannot misread each other.
const schema = 2;

interface Head extends Omit<Entry, "allowance" | "fields" | "body"> {
  readonly schema: number;
  readonly key: string;
  /** Of each tag, when the value was fetched. */
  readonly marks: readonly string[];
  /** Left out where nothing was said. */
  readonly allowance?: Allowance | undefined;
  readonly body: "none" | "text" | "base64";
  /** Characters of the fields, and of all that is behind the head, since a value may arrive cut short. */
  readonly lengths: readonly [fields: number, all: number];
}

/** An entry that came from others, and the marks under which it is good. */
export interface Opened {
  readonly entry: Entry;
  readonly marks: readonly string[];
}

function packBody(body: KeptBody): { readonly body: Head["body"]; readonly text: string } {
  if (body === undefined) return { body: "none", text: "" };
  if (typeof body === "string") return { body: "text", text: body };
  let text = "";
  for (let at = 0; at < body.length; at += 8_192) text += String.fromCharCode(...body.subarray(at, at + 8_192));
  return { body: "base64", text: btoa(text) };
}

function unpackBody(body: Head["body"], text: string): KeptBody {
  if (body === "none") return undefined;
  return body === "text" ? text : Uint8Array.from(atob(text), (byte) => byte.charCodeAt(0));
}

/** An entry as one text: a line that says what it is, of which key and schema, its fields, and the body. */
export function sealEnvelope(key: string, { body: kept, fields, ...entry }: Entry, marks: readonly string[]): string {
  const { body, text } = packBody(kept);
  const allowance = entry.allowance === nothingSaid ? undefined : entry.allowance;
  const behind = fields.text + text;
  const head: Head = { ...entry, allowance, schema, key, marks, body, lengths: [fields.text.length, behind.length] };
  return `${JSON.stringify(head)}\n${behind}`;
}

/** Whether all that is read of a head is what it should be: Redis is others' too. */
function isHead(head: Partial<Head> | null, key: string, length: number): head is Head {
  if (head?.schema !== schema || head.key !== key || head.lengths?.[1] !== length) return false;
  const { status, bodyBytes, validatedAtMs, fetchMs, allowance = nothingSaid, tags, marks } = head;
  const numbers = [status, bodyBytes, validatedAtMs, fetchMs, allowance.freshMs];
  return numbers.every(Number.isFinite) && Array.isArray(tags) && Array.isArray(marks) && tags.length === marks.length;
}

/** What an envelope holds; undefined where it is of another key or schema, or broken: that is a miss. */
export function openEnvelope(key: string, envelope: string): Opened | undefined {
  try {
    const at = envelope.indexOf("\n") + 1;
    const head = JSON.parse(envelope.slice(0, at)) as Partial<Head> | null;
    if (!isHead(head, key, envelope.length - at)) return undefined;
    const bodyAt = at + head.lengths[0];
    const fields = KeptFields.read(envelope.slice(at, bodyAt));
    if (fields === undefined) return undefined;
    const body = unpackBody(head.body, envelope.slice(bodyAt));
    const { status, form, bodyBytes, validatedAtMs, fetchMs, allowance = nothingSaid, tags, marks } = head;
    return { entry: { status, fields, form, body, bodyBytes, validatedAtMs, fetchMs, allowance, tags }, marks };
  } catch {
    return undefined;
  }
}
