import type { Bytes } from "@connectry/core";
import type { DocumentContent, DocumentOperation } from "../document/operation.js";
import { type FormStyle, type Pairs, parseForm, parsePairs } from "../http/parse-form.js";
import { coerce } from "./coerce.js";
import type { Problem } from "./problem.js";

/** The value of a body, and what is wrong with it. */
export interface CheckedBody {
  readonly value: unknown;
  readonly problems: readonly Problem[];
}

/** A file of a multipart body. */
export interface UploadedFile {
  readonly filename: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

/** A body as it was sent. */
export interface SentBody {
  readonly bytes: Bytes;
  /** The `content-type` header. */
  readonly contentType: string | undefined;
  /** How nested values are encoded in forms. */
  readonly style: FormStyle;
}

/** What the document says of a body in the media type that was sent. */
interface Expected {
  readonly operation: DocumentOperation;
  readonly content: DocumentContent;
}

const form = "application/x-www-form-urlencoded";
const multipart = "multipart/form-data";
const isJson = (mediaType: string) => /[/+]json$/.test(mediaType);
const essenceOf = (mediaType: string) => (mediaType.split(";")[0] ?? "").trim().toLowerCase();

function reject(code: string, message: string, value?: unknown): CheckedBody {
  return { value, problems: [{ code, message }] };
}

function matches(declared: string, sent: string): boolean {
  const range = essenceOf(declared);
  return range === sent || range === "*/*" || (range.endsWith("/*") && sent.startsWith(range.slice(0, -1)));
}

async function parseMultipart({ bytes, contentType = "" }: SentBody) {
  const data = await new Response(bytes, { headers: { "content-type": contentType } }).formData();
  const fields: [string, string][] = [];
  const files: Record<string, UploadedFile | UploadedFile[]> = {};
  for (const [name, value] of data) {
    if (typeof value === "string") fields.push([name, value]);
    else {
      const file = { filename: value.name, contentType: value.type, bytes: new Uint8Array(await value.arrayBuffer()) };
      const before = files[name];
      files[name] = before === undefined ? file : [...(Array.isArray(before) ? before : [before]), file];
    }
  }
  return { fields, files };
}

/** Validates a value; `recorded` is what the record of the request shows instead. */
function validate({ operation, content }: Expected, value: unknown, recorded = value): CheckedBody {
  const view = operation.schemas.request;
  const errors = view.validate(value, view.convert(content.schema));
  const problems = errors.map((message) => ({ code: "body_invalid", message: `body: ${message}` }));
  return { value: recorded, problems };
}

function readForm({ operation, content }: Expected, pairs: Pairs, style: FormStyle): unknown {
  const view = operation.schemas.request;
  return coerce(parseForm(pairs, style), view.convert(content.schema), { view, style });
}

async function checkMultipart(expected: Expected, body: SentBody): Promise<CheckedBody> {
  try {
    const { fields, files } = await parseMultipart(body);
    const values = readForm(expected, fields, body.style) as object;
    // In the schema a file is a string, whatever its content.
    const names = Object.entries(files).map(([name, file]) => [
      name,
      Array.isArray(file) ? file.map((one) => one.filename) : file.filename,
    ]);
    return validate(expected, { ...values, ...Object.fromEntries(names) }, { ...values, ...files });
  } catch {
    return reject("body_invalid", "body is not multipart/form-data with the boundary of content-type");
  }
}

function checkJson(expected: Expected, text: string): CheckedBody {
  try {
    return validate(expected, JSON.parse(text));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return reject("body_invalid", `body is not valid JSON (${error.message})`, text);
  }
}

/** Parses a body by its content type and checks it against the document. */
export async function checkBody(operation: DocumentOperation, sent: SentBody): Promise<CheckedBody> {
  const { bytes, contentType = "", style } = sent;
  const body = operation.requestBody();
  const mediaType = essenceOf(contentType);
  if (body === undefined || body.content.length === 0) {
    if (bytes.byteLength === 0) return { value: undefined, problems: [] };
    return reject("body_unknown", `body must be empty: ${operation.id} has no request body`);
  }
  const declared = body.content.map((content) => content.mediaType).join(" or ");
  if (bytes.byteLength === 0) {
    if (!body.required) return { value: undefined, problems: [] };
    const content = body.content.find((one) => matches(one.mediaType, form));
    if (content === undefined) return reject("body_missing", `body is missing: expected ${declared}`);
    // An empty body may be a form without fields: the message names the fields that are missing.
    const expected = { operation, content };
    return validate(expected, readForm(expected, [], style));
  }
  const content = body.content.find((one) => matches(one.mediaType, mediaType));
  if (content === undefined) {
    return reject("content_type_unsupported", `content-type must be ${declared}, got ${mediaType || "none"}`);
  }
  const expected = { operation, content };
  if (mediaType === multipart) return checkMultipart(expected, sent);
  const text = () => new TextDecoder().decode(bytes);
  if (isJson(mediaType)) return checkJson(expected, text());
  if (mediaType === form) return validate(expected, readForm(expected, parsePairs(text()), style));
  return { value: mediaType.startsWith("text/") ? text() : bytes, problems: [] };
}
