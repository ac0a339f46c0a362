import type { LoadedDocument } from "../../document/loaded-document.js";
import { fieldOf, type JsonObject, objectIn, stringIn } from "../document/json.js";
import { followReference } from "../document/reference.js";

/** What becomes of a body: a value by its schema, a form, text, or bytes. */
export type MediaKind = "json" | "form" | "multipart" | "text" | "bytes";

/** One media type of a body: its key in the document, what kind it is, and its schema. */
export interface Media {
  readonly key: string;
  readonly kind: MediaKind;
  readonly json: JsonObject;
  readonly schema: unknown;
}

/** The media types of a request or response, in the document's order. */
export function readMedia(document: LoadedDocument, body: unknown): Media[] {
  return Object.entries(objectIn(body, "content")).map(([key, json]) => {
    const schema = fieldOf(json, "schema");
    return { key, kind: mediaKind(document, key, schema), json: json as JsonObject, schema };
  });
}

function mediaKind(document: LoadedDocument, key: string, schema: unknown): MediaKind {
  const essence = (key.split(";")[0] ?? "").trim().toLowerCase();
  const [type = "", subtype = ""] = essence.split("/");
  // https://mimesniff.spec.whatwg.org/#json-mime-type
  if (subtype === "json" || subtype.endsWith("+json")) return "json";
  if (essence === "application/x-www-form-urlencoded") return "form";
  if (type === "multipart") return "multipart";
  if (type === "text") return "text";
  // A wildcard says nothing of the form; its schema does (HubSpot's errors are `*/*`, and JSON).
  const isOpen = essence === "*/*" || essence === "application/*";
  return isOpen && schema !== undefined && !isBinary(document, schema) ? "json" : "bytes";
}

function isBinary(document: LoadedDocument, schema: unknown): boolean {
  return stringIn(followReference(document, schema), "format") === "binary";
}
