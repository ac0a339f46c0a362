/** One `$ref` of a document, or one that a discriminator's mapping makes. */
export interface Reference {
  /** The way to the object that holds it. */
  readonly at: readonly (string | number)[];
  readonly target: string;
}

/** Fields whose keys are names that somebody chose: `default` is a response there, and `example` a property. */
const maps = new Set([
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

/** Fields that hold anything at all: a `$ref` in there is an example's text, not a reference. */
const opaque = new Set(["example", "default", "enum", "const", "value"]);

/** Finds every reference of an OpenAPI document, in the order of the document, however deep it goes. */
export function* walkReferences(document: Record<string, unknown>): Generator<Reference> {
  // A stack and not recursion: a hostile document may nest deeper than the call stack goes.
  const open: { readonly node: object; readonly at: Trail; readonly isMap: boolean }[] = [
    { node: document, at: undefined, isMap: false },
  ];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, at, isMap } = next;
    const reference = !isMap && Object.hasOwn(node, "$ref") ? (node as Record<string, unknown>).$ref : undefined;
    if (typeof reference === "string") yield { at: unwind(at), target: reference };
    if (!isMap && at?.key === "discriminator") yield* mappedReferences(node as Record<string, unknown>, at);
    for (const [key, value] of Object.entries(node).reverse()) {
      if (value === null || typeof value !== "object") continue;
      // JSON Schema's `examples` is a list of values; OpenAPI's is a map of objects that may be references.
      if (!isMap && (opaque.has(key) || key.startsWith("x-") || (key === "examples" && Array.isArray(value)))) continue;
      const step = { key: Array.isArray(node) ? Number(key) : key, above: at };
      open.push({
        node: value,
        at: step,
        isMap: !isMap && !Array.isArray(node) && !Array.isArray(value) && maps.has(key),
      });
    }
  }
}

/** A mapping's value is a schema's name or, where it looks like one, a reference (OpenAPI 3.1, section 4.8.25). */
function* mappedReferences(discriminator: Record<string, unknown>, at: Trail): Generator<Reference> {
  const { mapping } = discriminator;
  if (mapping === null || typeof mapping !== "object") return;
  for (const [key, target] of Object.entries(mapping)) {
    if (typeof target === "string" && /[#/]/.test(target)) yield { at: [...unwind(at), "mapping", key], target };
  }
}

/** The way to a node, from the inside out: shared between siblings, so that a large document costs no copies. */
type Trail = { readonly key: string | number; readonly above: Trail } | undefined;

function unwind(trail: Trail): (string | number)[] {
  const path: (string | number)[] = [];
  for (let step = trail; step !== undefined; step = step.above) path.push(step.key);
  return path.reverse();
}
