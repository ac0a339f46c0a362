import type { Bytes } from "@connectry/core";
import type { DocumentContent, DocumentOperation, FieldEncoding } from "../document/operation.js";
import { type FormStyle, type Pairs, parseForm, parsePairs } from "../http/parse-form.js";
import { type FormPart, parseMultipart } from "../http/parse-multipart.js";
import { hasMember, isMap, queryStyle, readParameter } from "./check-query.js";
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
const isMultipart = (mediaType: string) => mediaType.startsWith("multipart/");
const isJson = (mediaType: string) => /[/+]json$/.test(mediaType);
const essenceOf = (mediaType: string) => (mediaType.split(";")[0] ?? "").trim().toLowerCase();

function reject(code: string, message: string, value?: unknown): CheckedBody {
  return { value, problems: [{ code, message }] };
}

function matches(declared: string, sent: string): boolean {
  const range = essenceOf(declared);
  if (range === sent || range === "*/*" || (range.endsWith("/*") && sent.startsWith(range.slice(0, -1)))) return true;
  // Bytes of any type, and JSON of a version that the caller names.
  return range === "application/octet-stream" || (isJson(range) && isJson(sent));
}

const textOf = ({ bytes }: FormPart) => new TextDecoder().decode(bytes);

/** The fields of a form, and its files, which have a name, or bytes that the document does not take for a value. */
function sortParts(parts: readonly FormPart[]) {
  const fields: [string, string][] = [];
  const files: Record<string, UploadedFile | UploadedFile[]> = {};
  for (const part of parts) {
    const { name, fileName, contentType = "application/octet-stream", bytes } = part;
    if (fileName === undefined) fields.push([name, textOf(part)]);
    else {
      const file = { filename: fileName, contentType, bytes };
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

/** The value of a form; its fields that the document encodes in a way of their own are read in that way. */
function readForm({ operation, content }: Expected, pairs: Pairs, style: FormStyle): unknown {
  const view = operation.schemas.request;
  const schema = view.convert(content.schema);
  const properties = typeof schema === "object" ? (schema.properties ?? {}) : {};
  /** Whether a pair belongs to a field: the members of an exploded object are fields of their own. */
  const belongsTo =
    (name: string, { style: fieldStyle, explode }: FieldEncoding) =>
    (pair: Pairs[number]) => {
      if (isOf(name)(pair)) return true;
      const isExploded = fieldStyle === "form" ? explode !== false : fieldStyle === undefined && explode === true;
      if (!isExploded || Object.hasOwn(properties, pair[0])) return false;
      const field = properties[name] ?? true;
      const hasName = (one: unknown) => hasMember(view, one ?? true, pair[0]);
      // A map takes what no other object has.
      return (
        hasName(field) || (isMap(view, field) && !Object.keys(content.encoding).some((one) => hasName(properties[one])))
      );
    };
  const own = Object.entries(content.encoding).filter(
    ([name, field]) => hasOwnStyle(field) && pairs.some(belongsTo(name, field)),
  );
  const others = pairs.filter((pair) => !own.some(([name, field]) => belongsTo(name, field)(pair)));
  const values = coerce(parseForm(others, style), schema, { view, style });
  const fields = own.map(([name, field]) => {
    const parameter = { name, schema: properties[name] ?? true, json: isJson(field.contentType ?? "") };
    const fieldStyle = queryStyle(
      { ...parameter, ...field, in: "query", required: false, multiSegment: false },
      undefined,
      undefined,
    );
    const fieldPairs = pairs.filter(belongsTo(name, field));
    return [name, readParameter(operation, { parameter, pairs: fieldPairs, style: fieldStyle })];
  });
  return fields.length === 0 ? values : { ...(values as object), ...Object.fromEntries(fields) };
}

const isOf = (name: string) => (pair: Pairs[number]) => pair[0] === name || pair[0].startsWith(`${name}[`);

function hasOwnStyle({ style, explode, contentType }: FieldEncoding): boolean {
  return style !== undefined || explode !== undefined || isJson(contentType ?? "");
}

/** The parts whose type is not the one that the document has for them. */
function partProblems({ content }: Expected, parts: readonly FormPart[]): Problem[] {
  return parts.flatMap(({ name, contentType, fileName }) => {
    const declared = content.encoding[name]?.contentType;
    // A text has no type of its own where the document has text, and a file of any other type is the caller's.
    const isAllowed =
      declared === undefined ||
      fileName !== undefined ||
      declared.split(",").some((type) => matches(type, essenceOf(contentType ?? "text/plain")));
    if (isAllowed) return [];
    return [
      { code: "body_invalid", message: `body: the part ${name} must be ${declared}, got ${contentType ?? "no type"}` },
    ];
  });
}

function checkMultipart(expected: Expected, body: SentBody): CheckedBody {
  const parts = parseMultipart(body.bytes, body.contentType ?? "");
  if (parts === undefined) return reject("body_invalid", "body is not multipart with the boundary of content-type");
  const { fields, files } = sortParts(parts);
  const values = readForm(expected, fields, body.style) as object;
  // In the schema a file is a string, whatever its content.
  const names = Object.entries(files).map(([name, file]) => [
    name,
    Array.isArray(file) ? file.map((one) => one.filename) : file.filename,
  ]);
  const checked = validate(expected, { ...values, ...Object.fromEntries(names) }, { ...values, ...files });
  return { ...checked, problems: [...checked.problems, ...partProblems(expected, parts)] };
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
  if (isMultipart(mediaType)) return checkMultipart(expected, sent);
  const text = () => new TextDecoder().decode(bytes);
  if (isJson(mediaType)) return checkJson(expected, text());
  if (mediaType === form) return validate(expected, readForm(expected, parsePairs(text()), style));
  return { value: mediaType.startsWith("text/") ? text() : bytes, problems: [] };
}
