import { compareText, isJsonObject } from "../document/json.js";
import { referenceOf } from "../document/reference.js";

// Keywords for people, and others that affect neither requests nor responses.
const DOCUMENTATION = new Set([
  "description",
  "summary",
  "title",
  "example",
  "examples",
  "externalDocs",
  "links",
  "$comment",
]);
// Keywords whose keys are names chosen by the author, such as a property named "description".
const NAMED = new Set([
  "properties",
  "patternProperties",
  "$defs",
  "definitions",
  "dependentSchemas",
  "content",
  "headers",
  "responses",
  "encoding",
]);
// Keywords whose values are data, even if they look like a schema or a reference.
const DATA = new Set(["enum", "const", "default", "mapping"]);
// Keywords whose values are sets, written as lists.
const UNORDERED = new Set(["enum", "required", "type"]);

/**
 * The contract of an object of a document, in a canonical form: without documentation and extensions other than ours,
 * with sorted keys. References are not resolved, so that a change of a component only changes the contract of that
 * component.
 */
export function contractOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(contractOf);
  if (!isJsonObject(value)) return value;
  return mapSorted(value, (key, field) => {
    if (DOCUMENTATION.has(key) || (key.startsWith("x-") && !isOwnExtension(key))) return undefined;
    const kept =
      DATA.has(key) || isOwnExtension(key)
        ? canonical(field)
        : NAMED.has(key) && isJsonObject(field)
          ? mapSorted(field, (_name, named) => contractOf(named))
          : contractOf(field);
    return UNORDERED.has(key) && Array.isArray(kept) ? sorted(kept) : kept;
  });
}

/** The references in a contract. */
export function contractReferences(value: unknown): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (node: unknown, keysAreNames: boolean): void => {
    if (Array.isArray(node)) for (const member of node) visit(member, false);
    if (!isJsonObject(node)) return;
    const reference = keysAreNames ? undefined : referenceOf(node);
    if (reference !== undefined) found.add(reference);
    for (const [key, member] of Object.entries(node)) {
      // Data may look like a reference, and the targets of examples are not part of the contract.
      if (keysAreNames || !(DOCUMENTATION.has(key) || DATA.has(key))) visit(member, !keysAreNames && NAMED.has(key));
    }
  };
  visit(value, false);
  return found;
}

function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  return isJsonObject(value) ? mapSorted(value, (_key, field) => canonical(field)) : value;
}

function mapSorted(value: object, map: (key: string, field: unknown) => unknown): unknown {
  const entries = Object.entries(value)
    .map(([key, field]) => [key, map(key, field)] as const)
    .filter(([, field]) => field !== undefined);
  // As pairs, because an object would move keys such as "200" to the front, and would not keep `__proto__`.
  return { object: entries.sort(([a], [b]) => compareText(a, b)) };
}

function sorted(values: readonly unknown[]): unknown[] {
  return values
    .map((value) => ({ value, text: JSON.stringify(value) ?? "" }))
    .sort((a, b) => compareText(a.text, b.text))
    .map(({ value }) => value);
}

function isOwnExtension(key: string): boolean {
  return key === "x-multi-segment" || key.startsWith("x-connectry-");
}
