/** A `$ref` of a document, or an entry of a discriminator's mapping. */
export interface Reference {
  /** The path of the object that contains it. */
  readonly at: readonly (string | number)[];
  readonly target: string;
}

/** Fields whose keys are names chosen by the author: in them `default` is a response, and `example` a property. */
const mapFields = new Set([
  "properties",
  "patternProperties",
  "$defs",
  "definitions",
  "dependentSchemas",
  "schemas",
  "responses",
  "parameters",
  "examples",
  "requestBodies",
  "headers",
  "securitySchemes",
  "links",
  "callbacks",
  "pathItems",
  "paths",
  "webhooks",
  "content",
  "encoding",
  "variables",
]);

/** Fields with arbitrary values: a `$ref` in one of them is part of an example, not a reference. */
const valueFields = new Set(["example", "default", "enum", "const", "value"]);

/** An object or array of a document. */
export interface WalkedObject {
  readonly node: object;
  /** Its path. */
  at(): readonly (string | number)[];
  /** Whether its keys are names chosen by the author. */
  readonly isMap: boolean;
}

/** Finds every reference of an OpenAPI document, at any depth, in document order. */
export function* walkReferences(document: Record<string, unknown>): Generator<Reference> {
  for (const { node, at, isMap, key } of walkNodes(document)) {
    const reference = !isMap && Object.hasOwn(node, "$ref") ? (node as Record<string, unknown>).$ref : undefined;
    if (typeof reference === "string") yield { at: at(), target: reference };
    if (!isMap && key === "discriminator") yield* mappedReferences(node as Record<string, unknown>, at);
  }
}

/** Every object and array of an OpenAPI document but those in examples and other values, from the outside in. */
export function walkObjects(document: Record<string, unknown>): Generator<WalkedObject> {
  return walkNodes(document);
}

function* walkNodes(
  document: Record<string, unknown>,
): Generator<WalkedObject & { readonly key: string | number | undefined }> {
  // A stack instead of recursion: a hostile document may be nested deeper than the call stack allows.
  const open: { readonly node: object; readonly at: Trail; readonly isMap: boolean }[] = [
    { node: document, at: undefined, isMap: false },
  ];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, at, isMap } = next;
    yield { node, at: () => unwind(at), isMap, key: at?.key };
    for (const [key, value] of Object.entries(node).reverse()) {
      if (value === null || typeof value !== "object") continue;
      // `examples` is a list of values in JSON Schema, and a map of objects that may be references in OpenAPI.
      if (!isMap && (valueFields.has(key) || key.startsWith("x-") || (key === "examples" && Array.isArray(value))))
        continue;
      const step = { key: Array.isArray(node) ? Number(key) : key, above: at };
      open.push({
        node: value,
        at: step,
        isMap: !isMap && !Array.isArray(node) && !Array.isArray(value) && mapFields.has(key),
      });
    }
  }
}

/**
 * The value of a mapping is the name of a schema, or a reference if it contains `#` or `/` (OpenAPI 3.1, section
 * 4.8.25).
 */
function* mappedReferences(discriminator: Record<string, unknown>, at: WalkedObject["at"]): Generator<Reference> {
  const { mapping } = discriminator;
  if (mapping === null || typeof mapping !== "object") return;
  for (const [key, target] of Object.entries(mapping)) {
    if (typeof target === "string" && /[#/]/.test(target)) yield { at: [...at(), "mapping", key], target };
  }
}

/** The path of a node, innermost step first. Siblings share its outer steps, so that no path is copied. */
type Trail = { readonly key: string | number; readonly above: Trail } | undefined;

function unwind(trail: Trail): (string | number)[] {
  const path: (string | number)[] = [];
  for (let step = trail; step !== undefined; step = step.above) path.push(step.key);
  return path.reverse();
}
