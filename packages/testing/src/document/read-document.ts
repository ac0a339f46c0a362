import { readFileSync } from "node:fs";
import { getString, isObject, type JsonObject } from "../json/json-object.js";

/** An OpenAPI document: parsed, or the path or URL of its JSON file. */
export type DocumentSource = object | string | URL;

function parseFile(path: string | URL): unknown {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (cause) {
    throw new Error(`cannot read document ${path}: pass the path of a JSON file, or the parsed document`, { cause });
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`document ${path} is not JSON: parse a YAML document first, and pass the object`, { cause });
  }
}

/** Reads an OpenAPI 3.0 or 3.1 document. Throws an Error for a source that is not such a document. */
export function readDocument(source: DocumentSource): JsonObject {
  const isFile = typeof source === "string" || source instanceof URL;
  const document = isFile ? parseFile(source) : source;
  const name = isFile ? `document ${source}` : "the document";
  if (!isObject(document)) throw new Error(`${name} is not an OpenAPI document: expected an object`);
  const version = getString(document, "openapi");
  if (version === undefined || !/^3\.[01]\./.test(`${version}.`)) {
    const found = version ?? getString(document, "swagger") ?? "no version";
    throw new Error(`${name} must be OpenAPI 3.0 or 3.1, got ${found}`);
  }
  if (!isObject(document.paths)) throw new Error(`${name} has no operations: \`paths\` is missing`);
  return document;
}
