import type { Body, Call } from "../pipeline/call.js";
import type { ReadLimitValues } from "../pipeline/strategies.js";
import { hashText } from "../platform/hash-text.js";
import { readPath } from "../platform/json-path.js";
import { parseJson } from "../platform/parse-json.js";
import { pathParameters } from "./path-parameters.js";

/** The fields of a body by their name. */
type Fields = (name: string) => unknown;

// What parsing costs a call is bounded.
const maxLength = 1_048_576;
const noFields: Fields = () => undefined;
// An attempt has the body of the one before, and each is read before and after it.
const parsed = new WeakMap<Body, Fields>();

function parseFields(data: string | Uint8Array, mediaType: string): Fields {
  if (data.length > maxLength) return noFields;
  const text = typeof data === "string" ? data : new TextDecoder().decode(data);
  if (/^application\/x-www-form-urlencoded\b/i.test(mediaType)) {
    const fields = new URLSearchParams(text);
    return (name) => fields.get(name);
  }
  if (!/[/+]json\b/i.test(mediaType)) return noFields;
  try {
    const fields = parseJson(text);
    return (name) => readPath(fields, [name]);
  } catch {
    // The provider rejects it.
    return noFields;
  }
}

function fieldsOf({ body, headers }: Call): Fields {
  if (body?.kind !== "replayable") return noFields;
  const fields = parsed.get(body) ?? parseFields(body.data, headers["content-type"] ?? body.contentType ?? "");
  parsed.set(body, fields);
  return fields;
}

function readValue(call: Call, name: string): string {
  const value = pathParameters(call, [name]) || new URL(call.url).searchParams.get(name) || fieldsOf(call)(name);
  return typeof value === "string" || typeof value === "number" ? `${value}` : "";
}

/** Reads the values of the parameters that have limits of their own, from the call as it is sent: keys contain a hash of them. */
export const limitValues: ReadLimitValues = (call, limits) => {
  const parameters = limits.map(({ bucket, per }) =>
    bucket === call.operation.bucket && typeof per === "object" ? per.parameter : undefined,
  );
  if (!parameters.some((name) => name !== undefined)) return undefined;
  return parameters.map((name) => (name === undefined ? "" : hashText(readValue(call, name))));
};
