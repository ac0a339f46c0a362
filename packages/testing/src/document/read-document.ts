import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { getString, isObject, type JsonObject } from "../json/json-object.js";

/** An OpenAPI document: parsed, or the path or URL of its JSON file, or of a folder of them, such as the one `connectry pull --out` writes. */
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

/** The JSON files of a folder, in the order of their names; the source itself where it is not a folder. */
function filesOf(source: DocumentSource): readonly DocumentSource[] {
  if (typeof source !== "string" && !(source instanceof URL)) return [source];
  if (!statSync(source, { throwIfNoEntry: false })?.isDirectory()) return [source];
  const folder = source instanceof URL ? fileURLToPath(source) : source;
  const files = readdirSync(folder).filter((name) => name.endsWith(".json"));
  if (files.length === 0)
    throw new Error(`folder ${folder} has no documents: write them with \`connectry pull --out\``);
  return files.sort().map((name) => join(folder, name));
}

/** Reads all documents of a source, or of a list of them. Throws an Error for a source that is not such a document. */
export function readDocuments(source: DocumentSource | readonly DocumentSource[]): JsonObject[] {
  const sources = Array.isArray(source) ? (source as readonly DocumentSource[]) : [source as DocumentSource];
  return sources.flatMap(filesOf).map(readDocument);
}
