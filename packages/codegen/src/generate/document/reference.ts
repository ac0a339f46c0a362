import { CodegenError } from "../../codegen-error.js";
import { parsePointer } from "../../document/json-pointer.js";
import type { LoadedDocument } from "../../document/loaded-document.js";
import { fieldOf, stringIn } from "./json.js";

/** The text of a `$ref`, if the value is one. A property that is called `$ref` holds an object, and is none. */
export function referenceOf(value: unknown): string | undefined {
  return stringIn(value, "$ref");
}

/** What a reference leads to, however many more stand in between; any other value is handed back as it is. */
export function followReference(document: LoadedDocument, value: unknown): unknown {
  const seen = new Set<string>();
  let current = value;
  for (let reference = referenceOf(current); reference !== undefined; reference = referenceOf(current)) {
    if (seen.has(reference)) {
      throw new CodegenError(`Document "${document.name}" (${document.origin}): ${reference} leads back to itself.`);
    }
    seen.add(reference);
    current = findReference(document, reference);
    if (current === undefined) {
      throw new CodegenError(`Document "${document.name}" (${document.origin}): ${reference} leads nowhere.`);
    }
  }
  return current;
}

/** The place that a reference names, itself perhaps another reference; undefined where there is none. */
export function findReference(document: LoadedDocument, reference: string): unknown {
  let current: unknown = document.json;
  for (const part of parsePointer(reference) ?? [reference]) {
    // A pointer may lead through references: #/components/responses/Alias/content.
    const from = stepInto(current, part) === undefined ? followReference(document, current) : current;
    current = stepInto(from, part);
    if (current === undefined) return undefined;
  }
  return current;
}

function stepInto(value: unknown, part: string): unknown {
  return Array.isArray(value) ? value[Number(part)] : fieldOf(value, part);
}
