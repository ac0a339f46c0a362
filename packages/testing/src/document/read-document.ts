import { readFileSync } from "node:fs";
import { isObject, type JsonObject, textAt } from "./json.js";

/** An OpenAPI document: parsed, or the path of its JSON file. */
export type DocumentSource = object | string | URL;

function parseFile(path: string | URL): unknown {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (cause) {
    throw new Error(`The document ${path} cannot be read. Give the path of a JSON file, or the parsed document.`, {
      cause,
    });
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`The document ${path} is not JSON. If it is YAML, parse it first and give the object.`, { cause });
  }
}

/** Reads a document and makes sure that it is OpenAPI 3.0 or 3.1. Throws an Error that says what it is instead. */
export function readDocument(source: DocumentSource): JsonObject {
  const named = typeof source === "string" || source instanceof URL;
  const document = named ? parseFile(source) : source;
  const where = named ? `The document ${source}` : "The document";
  if (!isObject(document)) throw new Error(`${where} is not an object, so it is no OpenAPI document.`);
  const version = textAt(document, "openapi");
  if (version === undefined || !/^3\.[01]\./.test(`${version}.`)) {
    const found = version ?? textAt(document, "swagger") ?? "no version";
    throw new Error(`${where} says ${found}; a fake provider is made from OpenAPI 3.0 or 3.1.`);
  }
  if (!isObject(document.paths)) throw new Error(`${where} has no paths, so there is nothing to answer.`);
  return document;
}
