import type { Bytes } from "@connectry/core";
import type { DocumentContent, DocumentOperation } from "../document/operation.js";
import { coerce, type TextStyle } from "./coerce.js";
import { type Pairs, parseForm, parsePairs } from "./parse-form.js";
import type { Problem } from "./problem.js";

/** What a body held, and what is wrong with it. */
export interface CheckedBody {
  readonly value: unknown;
  readonly problems: readonly Problem[];
}

/** A file of a multipart body. */
export interface SentFile {
  readonly filename: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

const form = "application/x-www-form-urlencoded";
const multipart = "multipart/form-data";
const isJson = (mediaType: string) => /[/+]json$/.test(mediaType);
const essence = (mediaType: string) => (mediaType.split(";")[0] ?? "").trim().toLowerCase();

function refuse(code: string, message: string, value?: unknown): CheckedBody {
  return { value, problems: [{ code, message }] };
}

function matches(declared: string, sent: string): boolean {
  const wanted = essence(declared);
  return wanted === sent || wanted === "*/*" || (wanted.endsWith("/*") && sent.startsWith(wanted.slice(0, -1)));
}

async function parseMultipart(bytes: Bytes, contentType: string, style: TextStyle) {
  // The platform's own parser of multipart bodies.
  const data = await new Response(bytes, { headers: { "content-type": contentType } }).formData();
  const texts: [string, string][] = [];
  const files: Record<string, SentFile | SentFile[]> = {};
  for (const [name, value] of data) {
    if (typeof value === "string") texts.push([name, value]);
    else {
      const file = { filename: value.name, contentType: value.type, bytes: new Uint8Array(await value.arrayBuffer()) };
      const before = files[name];
      files[name] = before === undefined ? file : [...(Array.isArray(before) ? before : [before]), file];
    }
  }
  return { texts: texts as Pairs, files, style };
}

function validate(
  operation: DocumentOperation,
  content: DocumentContent,
  value: unknown,
  recorded = value,
): CheckedBody {
  const view = operation.schemas.request;
  const found = view.problems(value, view.convert(content.schema));
  return { value: recorded, problems: found.map((message) => ({ code: "body_invalid", message: `body: ${message}` })) };
}

function checkForm(
  operation: DocumentOperation,
  content: DocumentContent,
  pairs: Pairs,
  style: TextStyle,
): CheckedBody {
  const view = operation.schemas.request;
  return validate(operation, content, coerce(view, view.convert(content.schema), parseForm(pairs, style), style));
}

async function checkMultipart(
  operation: DocumentOperation,
  content: DocumentContent,
  bytes: Bytes,
  contentType: string,
  style: TextStyle,
): Promise<CheckedBody> {
  try {
    const { texts, files } = await parseMultipart(bytes, contentType, style);
    const view = operation.schemas.request;
    const fields = coerce(view, view.convert(content.schema), parseForm(texts, style), style) as object;
    // For the schema a file is a string of bytes, whatever they are.
    const named = Object.entries(files).map(([name, file]) => [
      name,
      Array.isArray(file) ? file.map((one) => one.filename) : file.filename,
    ]);
    return validate(operation, content, { ...fields, ...Object.fromEntries(named) }, { ...fields, ...files });
  } catch {
    return refuse("body_invalid", "body: is not multipart/form-data with the boundary that content-type names");
  }
}

function checkJson(operation: DocumentOperation, content: DocumentContent, text: string): CheckedBody {
  try {
    return validate(operation, content, JSON.parse(text));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return refuse("body_invalid", `body: is not JSON (${error.message})`, text);
  }
}

/** Reads a body by its content type and checks it against the document. Forms are read in the given style. */
export async function checkBody(
  operation: DocumentOperation,
  bytes: Bytes,
  contentType: string | undefined,
  style: TextStyle,
): Promise<CheckedBody> {
  const body = operation.requestBody();
  const sent = essence(contentType ?? "");
  if (body === undefined || body.content.length === 0) {
    if (bytes.byteLength === 0) return { value: undefined, problems: [] };
    return refuse("body_unknown", `body: ${operation.id} takes none`);
  }
  const declared = body.content.map((content) => content.mediaType).join(" or ");
  if (bytes.byteLength === 0) {
    if (!body.required) return { value: undefined, problems: [] };
    const empty = body.content.find((content) => matches(content.mediaType, form));
    // A form without fields is empty: say which fields it lacks.
    return empty === undefined
      ? refuse("body_missing", `body: is missing; expected ${declared}`)
      : checkForm(operation, empty, [], style);
  }
  const content = body.content.find(({ mediaType }) => matches(mediaType, sent));
  if (content === undefined) {
    return refuse("content_type_unsupported", `content-type must be ${declared}, not ${sent || "absent"}`);
  }
  if (sent === multipart) return checkMultipart(operation, content, bytes, contentType ?? "", style);
  const text = () => new TextDecoder().decode(bytes);
  if (isJson(sent)) return checkJson(operation, content, text());
  if (sent === form) return checkForm(operation, content, parsePairs(text()), style);
  return { value: sent.startsWith("text/") ? text() : bytes, problems: [] };
}
