import type { Bytes } from "@connectry/core";
import { isObject } from "../json/json-object.js";
import { parseForm, parsePairs } from "./parse-form.js";

/** A request as a server received it. Credentials can be read, but are not visible in `JSON.stringify` and `inspect`. */
export interface RecordedRequest {
  readonly method: string;
  /** As sent: still encoded, without the query. */
  readonly path: string;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  /** Strings; a fake provider converts them to the types in its document. */
  readonly query: Readonly<Record<string, unknown>>;
  /** The parsed JSON or form, else a string or bytes; undefined for an empty body. */
  readonly body: unknown;
  /** The bytes of the body as received. */
  readonly bytes: Bytes;
  /** `POST /v1/customers`, where the server has a document with that operation. */
  readonly operation: string | undefined;
  readonly operationId: string | undefined;
  /** The status of the response; undefined until it is sent, and where the connection was closed before. */
  readonly status: number | undefined;
}

/** A request as it arrived, before it is read. */
export interface ReceivedRequest {
  readonly method: string;
  /** Of the server, as its client names it: `http://127.0.0.1:49152`. */
  readonly origin: string;
  /** Path and query, as sent. */
  readonly target: string;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Bytes;
}

/** A `RecordedRequest` that its server still fills in. */
export type RequestRecord = { -readonly [Key in keyof RecordedRequest]: RecordedRequest[Key] };

/** What holds credentials, in addition to the usual headers. */
export interface SecretNames {
  readonly headers: readonly string[];
  readonly query: readonly string[];
  /** Fields at the top level of bodies. */
  readonly body?: readonly string[];
}

const secretHeaders = ["authorization", "proxy-authorization", "cookie", "x-api-key"];

/** Copies members; those named are not enumerable, and thus not visible in JSON and `inspect`. */
function redact<T>(values: Readonly<Record<string, T>>, secretNames: readonly string[]): Record<string, T> {
  const copy: Record<string, T> = {};
  for (const [name, value] of Object.entries(values)) {
    Object.defineProperty(copy, name, {
      value,
      enumerable: !secretNames.includes(name),
      writable: true,
      configurable: true,
    });
  }
  return copy;
}

/** Copies a query for a record; its credentials are not visible in JSON and `inspect`. */
export function recordQuery(
  values: Readonly<Record<string, unknown>>,
  secretNames: readonly string[],
): Record<string, unknown> {
  return redact(values, secretNames);
}

/** The body for a record; its credentials are not visible in JSON and `inspect`. */
export function recordBody(body: unknown, secretNames: readonly string[] = []): unknown {
  return secretNames.length > 0 && isObject(body) && !ArrayBuffer.isView(body) ? redact(body, secretNames) : body;
}

function readBody(bytes: Uint8Array, contentType: string): unknown {
  if (bytes.byteLength === 0) return undefined;
  const text = new TextDecoder().decode(bytes);
  if (contentType.startsWith("application/x-www-form-urlencoded")) return parseForm(parsePairs(text), "repeat");
  if (contentType.startsWith("text/")) return text;
  if (!/[/+]json/.test(contentType)) return bytes;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Splits a request target into its path and its query, both as sent. */
export function splitTarget(target: string): { readonly path: string; readonly query: string } {
  const end = target.indexOf("?");
  return end === -1 ? { path: target, query: "" } : { path: target.slice(0, end), query: target.slice(end + 1) };
}

/** Records a request whose body has arrived. */
export function recordRequest(
  { method, target, headers, bytes }: ReceivedRequest,
  secrets: SecretNames = { headers: [], query: [] },
): RequestRecord {
  const { path, query } = splitTarget(target);
  const secretNames = [...secretHeaders, ...secrets.headers.map((name) => name.toLowerCase())];
  const record: RequestRecord = {
    method,
    path,
    headers: redact(headers, secretNames),
    query: recordQuery(parseForm(parsePairs(query), "repeat"), secrets.query),
    body: recordBody(readBody(bytes, headers["content-type"] ?? ""), secrets.body),
    bytes,
    operation: undefined,
    operationId: undefined,
    status: undefined,
  };
  // `body` shows them already.
  Object.defineProperty(record, "bytes", { enumerable: false });
  return record;
}
