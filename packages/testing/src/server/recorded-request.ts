import type { IncomingMessage } from "node:http";
import type { Bytes } from "@connectry/core";
import { parseForm, parsePairs } from "../request/parse-form.js";

/** A request as a server received it. Credentials can be read, but show in neither `JSON.stringify` nor `inspect`. */
export interface RecordedRequest {
  readonly method: string;
  /** As sent, without the query. */
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Texts; a fake provider gives them the types that its document says. */
  readonly query: Readonly<Record<string, unknown>>;
  /** Parsed JSON or form, else text or bytes; undefined where none was sent. */
  readonly body: unknown;
  /** The body's bytes as received. */
  readonly bytes: Bytes;
  /** `POST /v1/customers`, where the server knows its document. */
  readonly operation: string | undefined;
  readonly operationId: string | undefined;
  /** What was answered; undefined while nothing was, and where the connection was cut first. */
  readonly status: number | undefined;
}

/** The same, while its server fills it in. */
export type RequestRecord = { -readonly [Key in keyof RecordedRequest]: RecordedRequest[Key] };

/** Where credentials stand beside the usual headers. */
export interface SecretNames {
  readonly headers: readonly string[];
  readonly query: readonly string[];
}

const secretHeaders = ["authorization", "proxy-authorization", "cookie", "x-api-key"];

/** Copies members; those named are left out of JSON and `inspect`. */
function hiding<T>(values: Readonly<Record<string, T>>, hidden: readonly string[]): Record<string, T> {
  const copy: Record<string, T> = {};
  for (const [name, value] of Object.entries(values)) {
    Object.defineProperty(copy, name, {
      value,
      enumerable: !hidden.includes(name),
      writable: true,
      configurable: true,
    });
  }
  return copy;
}

/** Takes a query over into a record, its credentials hidden. */
export function recordQuery(
  values: Readonly<Record<string, unknown>>,
  secretNames: readonly string[],
): Record<string, unknown> {
  return hiding(values, secretNames);
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

/** Splits a request target into its raw path and its query, both as sent. */
export function splitTarget(target: string): { readonly path: string; readonly query: string } {
  const mark = target.indexOf("?");
  return mark === -1 ? { path: target, query: "" } : { path: target.slice(0, mark), query: target.slice(mark + 1) };
}

/** Records a request whose body has arrived. */
export function recordRequest(
  request: IncomingMessage,
  bytes: Bytes,
  secrets: SecretNames = { headers: [], query: [] },
): RequestRecord {
  const { path, query } = splitTarget(request.url ?? "/");
  const headers = Object.entries(request.headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(", ") : (value ?? ""),
  ]);
  const hidden = [...secretHeaders, ...secrets.headers.map((name) => name.toLowerCase())];
  const record: RequestRecord = {
    method: request.method ?? "GET",
    path,
    headers: hiding(Object.fromEntries(headers) as Record<string, string>, hidden),
    query: recordQuery(parseForm(parsePairs(query), "repeat"), secrets.query),
    body: readBody(bytes, request.headers["content-type"] ?? ""),
    bytes,
    operation: undefined,
    operationId: undefined,
    status: undefined,
  };
  // Shown as `body` already, and a form's bytes may hold what `body` hides.
  Object.defineProperty(record, "bytes", { enumerable: false });
  return record;
}
