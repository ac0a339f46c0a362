import { compareText, isJsonObject } from "../document/json.js";
import { referenceOf } from "../document/reference.js";

// What is said to people, and what changes no request and no response.
const HUMAN = new Set(["description", "summary", "title", "example", "examples", "externalDocs", "links", "$comment"]);
// Keywords whose keys are names of the document's own, such as a property called "description".
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
// Keywords whose values are data, whatever they look like.
const DATA = new Set(["enum", "const", "default", "mapping"]);
// Keywords whose order means nothing.
const UNORDERED = new Set(["enum", "required", "type"]);

/**
 * What of a document's object binds both sides, in one canonical form: without human text and foreign extensions,
 * keys in order. References stay names, so that a change below them shows where it happened.
 */
export function contractOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(contractOf);
  if (!isJsonObject(value)) return value;
  return mapSorted(value, (key, one) => {
    if (HUMAN.has(key) || (key.startsWith("x-") && !isOurs(key))) return undefined;
    const kept =
      DATA.has(key) || isOurs(key)
        ? canonical(one)
        : NAMED.has(key) && isJsonObject(one)
          ? mapSorted(one, (_name, named) => contractOf(named))
          : contractOf(one);
    return UNORDERED.has(key) && Array.isArray(kept) ? sorted(kept) : kept;
  });
}

/** The references that a contract holds. */
export function contractReferences(value: unknown): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (one: unknown, keysAreNames: boolean): void => {
    if (Array.isArray(one)) for (const member of one) visit(member, false);
    if (!isJsonObject(one)) return;
    const reference = keysAreNames ? undefined : referenceOf(one);
    if (reference !== undefined) found.add(reference);
    for (const [key, member] of Object.entries(one)) {
      // Data may look like a reference, and examples refer to what is no contract.
      if (keysAreNames || !(HUMAN.has(key) || DATA.has(key))) visit(member, !keysAreNames && NAMED.has(key));
    }
  };
  visit(value, false);
  return found;
}

function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  return isJsonObject(value) ? mapSorted(value, (_key, one) => canonical(one)) : value;
}

function mapSorted(value: object, map: (key: string, one: unknown) => unknown): unknown {
  const entries = Object.entries(value)
    .map(([key, one]) => [key, map(key, one)] as const)
    .filter(([, one]) => one !== undefined);
  // As pairs: an object would put keys such as "200" first, and could not hold `__proto__` by assignment.
  return { object: entries.sort(([a], [b]) => compareText(a, b)) };
}

function sorted(values: readonly unknown[]): unknown[] {
  return values
    .map((value) => ({ value, text: JSON.stringify(value) ?? "" }))
    .sort((a, b) => compareText(a.text, b.text))
    .map(({ value }) => value);
}

function isOurs(key: string): boolean {
  return key === "x-multi-segment" || key.startsWith("x-connectry-");
}
