import type { LoadedDocument } from "../../document/loaded-document.js";
import { fieldOf, type JsonObject, objectIn, stringIn } from "../document/json.js";
import { followReference } from "../document/reference.js";

/** How a body is handled: as a value with a schema, a form, text, or bytes. */
export type MediaKind = "json" | "form" | "multipart" | "text" | "bytes";

/** A media type of a body: its key in the document, its kind and its schema. */
export interface Media {
  readonly key: string;
  readonly kind: MediaKind;
  readonly json: JsonObject;
  readonly schema: unknown;
}

/** The media types of a request or response, in document order. */
export function readMedia(document: LoadedDocument, body: unknown): Media[] {
  return Object.entries(objectIn(body, "content")).map(([key, json]) => {
    const schema = fieldOf(json, "schema");
    return { key, kind: mediaKind(document, key, schema), json: json as JsonObject, schema };
  });
}

/** A media type without its parameters, in lower case. */
export function essenceOf(key: string): string {
  return (key.split(";")[0] ?? "").trim().toLowerCase();
}

/** Whether a media type is JSON: https://mimesniff.spec.whatwg.org/#json-mime-type */
export function isJsonType(key: string): boolean {
  return /[/+]json$/.test(essenceOf(key));
}

function mediaKind(document: LoadedDocument, key: string, schema: unknown): MediaKind {
  const essence = essenceOf(key);
  const [type = ""] = essence.split("/");
  if (isJsonType(key)) return "json";
  if (essence === "application/x-www-form-urlencoded") return "form";
  if (type === "multipart") return "multipart";
  if (type === "text") return "text";
  // A wildcard says nothing about the format, but its schema does (HubSpot's errors are `*/*`, and JSON).
  const isWildcard = essence === "*/*" || essence === "application/*";
  return isWildcard && schema !== undefined && !isBinary(document, schema) ? "json" : "bytes";
}

function isBinary(document: LoadedDocument, schema: unknown): boolean {
  return stringIn(followReference(document, schema), "format") === "binary";
}
