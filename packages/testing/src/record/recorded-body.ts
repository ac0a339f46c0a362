import { createHash } from "node:crypto";
import type { Bytes } from "@connectry/core";
import { parseForm, parsePairs } from "../http/parse-form.js";
import { parseMultipart } from "../http/parse-multipart.js";

/** A body in a file of recordings, in the form that is easiest to read; without a member where there is no body. */
export interface RecordedBody {
  /** What the JSON says, where no digit of a number is lost. */
  readonly json?: unknown;
  /** The fields of a form, by name; a list where a name is repeated. */
  readonly form?: Readonly<Record<string, unknown>>;
  /** Text: a list of its lines, or of its events (`text/event-stream`), where it has several. */
  readonly text?: string | readonly string[];
  /** Bytes that are not UTF-8. */
  readonly base64?: string;
  /** The parts of a multipart body, without their boundary. */
  readonly parts?: readonly RecordedPart[];
  /** Bytes of a request that are not UTF-8: only their hash, since nobody sends them again. */
  readonly sha256?: string;
}

/** A part of a multipart body. */
export interface RecordedPart extends RecordedBody {
  readonly name: string;
  readonly fileName?: string;
  readonly contentType?: string;
}

const token = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g;

/** Whether numbers have more digits than a double keeps. */
const losesDigits = (json: string) =>
  (json.match(token) ?? []).some((found) => found[0] !== '"' && found.replace(/\D/g, "").length > 15);

function parseExactly(text: string): { readonly json: unknown } | undefined {
  try {
    const json: unknown = JSON.parse(text);
    return losesDigits(text) ? undefined : { json };
  } catch {
    return undefined;
  }
}

function toText(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    return text.includes("\0") ? undefined : text;
  } catch {
    return undefined;
  }
}

/** The lines of a text, each with its end; the events of a stream of events. */
function splitText(text: string, contentType: string): string | readonly string[] {
  const pieces = text.split(contentType.startsWith("text/event-stream") ? /(?<=\n\r?\n|\r\r)/ : /(?<=\n)/);
  return pieces.length === 1 ? text : pieces;
}

/** The body of a response, for a file. */
export function recordBody(bytes: Uint8Array, contentType: string): RecordedBody {
  if (bytes.length === 0) return {};
  const text = toText(bytes);
  if (text === undefined) return { base64: Buffer.from(bytes).toString("base64") };
  const json = /[/+]json\b/i.test(contentType) ? parseExactly(text) : undefined;
  return json ?? { text: splitText(text, contentType) };
}

/** The body of a request, for a file: nothing that differs between two equal requests, such as the boundary of its parts. */
export function recordRequestBody(bytes: Bytes, contentType: string): RecordedBody {
  if (bytes.length === 0) return {};
  if (contentType.startsWith("application/x-www-form-urlencoded"))
    return { form: { ...parseForm(parsePairs(Buffer.from(bytes).toString()), "repeat") } };
  const parts = contentType.startsWith("multipart/") ? parseMultipart(bytes, contentType) : undefined;
  if (parts !== undefined) {
    return {
      parts: parts.map(({ name, fileName, contentType: type, bytes: content }) => ({
        name,
        ...(fileName !== undefined && { fileName }),
        ...(type !== undefined && { contentType: type }),
        ...recordRequestBody(content, type ?? "text/plain"),
      })),
    };
  }
  const body = recordBody(bytes, contentType);
  return body.base64 === undefined ? body : { sha256: createHash("sha256").update(bytes).digest("hex") };
}

/** The chunks of a recorded body: one for each line or event. */
export function replayBody({ json, text, base64 }: RecordedBody): Bytes[] {
  if (base64 !== undefined) return [new Uint8Array(Buffer.from(base64, "base64"))];
  const pieces = json === undefined ? [text ?? []].flat() : [JSON.stringify(json)];
  return pieces.map((piece) => new TextEncoder().encode(piece));
}
