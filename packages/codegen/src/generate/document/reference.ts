import { parsePointer } from "../../document/json-pointer.js";
import type { LoadedDocument } from "../../document/loaded-document.js";
import { CodegenError } from "../../errors/codegen-error.js";
import { fieldOf, stringIn } from "./json.js";

/**
 * The text of a `$ref`, if the value is a reference. A schema with a property named `$ref` is not: that is an object.
 */
export function referenceOf(value: unknown): string | undefined {
  return stringIn(value, "$ref");
}

/**
 * Resolves a reference, through any number of further references. Any other value is returned as it is.
 * @throws CodegenError if the reference cannot be resolved, or refers to itself.
 */
export function followReference(document: LoadedDocument, value: unknown): unknown {
  const seen = new Set<string>();
  let current = value;
  for (let reference = referenceOf(current); reference !== undefined; reference = referenceOf(current)) {
    if (seen.has(reference)) {
      throw new CodegenError(`Document "${document.name}" (${document.origin}): ${reference} refers to itself.`);
    }
    seen.add(reference);
    current = findReference(document, reference);
    if (current === undefined) {
      throw new CodegenError(`Document "${document.name}" (${document.origin}): ${reference} cannot be resolved.`);
    }
  }
  return current;
}

/** The value that a reference points to, which may be another reference; undefined if there is none. */
export function findReference(document: LoadedDocument, reference: string): unknown {
  let current: unknown = document.json;
  for (const part of parsePointer(reference) ?? [reference]) {
    // A pointer can pass through references: #/components/responses/Alias/content.
    const from = stepInto(current, part) === undefined ? followReference(document, current) : current;
    current = stepInto(from, part);
    if (current === undefined) return undefined;
  }
  return current;
}

function stepInto(value: unknown, part: string): unknown {
  return Array.isArray(value) ? value[Number(part)] : fieldOf(value, part);
}
