import type { Bytes } from "../pipeline/bytes.js";
import { type Entry, keptHeaders } from "./entry.js";
import type { Allowance } from "./freshness.js";

// Raised whenever what is below changes, so that processes of two versions cannot misread each other.
const schema = 1;

interface Head {
  readonly schema: number;
  readonly key: string;
  readonly status: number;
  readonly headers: readonly [string, string][];
  readonly validatedAtMs: number;
  readonly fetchMs: number;
  readonly allowance: Allowance;
  readonly tags: readonly string[];
  /** Of each tag, when the value was fetched. */
  readonly marks: readonly string[];
  readonly body: "none" | "text" | "base64";
  /** Characters of the body, since a value may arrive cut short. */
  readonly length: number;
}

/** An entry that came from others, and the marks under which it is good. */
export interface Opened {
  readonly entry: Entry;
  readonly marks: readonly string[];
}

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function packBody(body: Bytes | undefined): { readonly body: Head["body"]; readonly text: string } {
  if (body === undefined) return { body: "none", text: "" };
  try {
    return { body: "text", text: decoder.decode(body) };
  } catch {
    let text = "";
    for (let at = 0; at < body.length; at += 8_192) text += String.fromCharCode(...body.subarray(at, at + 8_192));
    return { body: "base64", text: btoa(text) };
  }
}

function unpackBody(body: Head["body"], text: string): Bytes | undefined {
  if (body === "none") return undefined;
  return body === "text" ? encoder.encode(text) : Uint8Array.from(atob(text), (byte) => byte.charCodeAt(0));
}

/** An entry as one text: a line that says what it is, of which key and schema, and the body behind it. */
export function sealEnvelope(key: string, { headers, body, ...entry }: Entry, marks: readonly string[]): string {
  const packed = packBody(body);
  const head: Head = {
    ...entry,
    schema,
    key,
    headers: [...headers],
    marks,
    body: packed.body,
    length: packed.text.length,
  };
  return `${JSON.stringify(head)}\n${packed.text}`;
}

/** Whether all that is read of a head is what it should be: Redis is others' too. */
function isHead(head: Partial<Head> | null, key: string, length: number): head is Head {
  if (head?.schema !== schema || head.key !== key || head.length !== length) return false;
  const { status, validatedAtMs, fetchMs, allowance, tags, marks, headers } = head;
  const numbers = [status, validatedAtMs, fetchMs, allowance?.freshMs];
  return numbers.every(Number.isFinite) && [tags, marks, headers].every(Array.isArray);
}

/** What an envelope holds; undefined where it is of another key or schema, or broken: that is a miss. */
export function openEnvelope(key: string, envelope: string): Opened | undefined {
  try {
    const at = envelope.indexOf("\n");
    const text = envelope.slice(at + 1);
    const head = JSON.parse(envelope.slice(0, at)) as Partial<Head> | null;
    if (!isHead(head, key, text.length)) return undefined;
    const { status, validatedAtMs, fetchMs, allowance, tags, marks } = head;
    const headers = keptHeaders(head.headers);
    const body = unpackBody(head.body, text);
    return { entry: { status, headers, body, validatedAtMs, fetchMs, allowance, tags }, marks };
  } catch {
    return undefined;
  }
}
