import type { LoadedDocument } from "../../document/loaded-document.js";
import { arrayIn, fieldOf, isJsonObject, type JsonObject, stringIn } from "../../generate/document/json.js";
import { followReference, referenceOf } from "../../generate/document/reference.js";

/** A schema without what is around it: the reference or object that decides, and what its wrappers add. */
export interface UnwrappedSchema {
  readonly schema: unknown;
  /** Whether a wrapper allows null. */
  readonly nullable: boolean;
  /** The `deprecated` and `default` of the wrappers. */
  readonly annotations: JsonObject;
}

// Keywords that neither allow nor forbid a value.
const ANNOTATIONS = new Set(
  "title summary description example examples externalDocs deprecated default readOnly writeOnly xml $comment discriminator nullable".split(
    " ",
  ),
);
const KEPT_ANNOTATIONS = ["deprecated", "default"];
const MAX_WRAPPERS = 20;

/** Whether a schema has no keywords but these and annotations. */
export function hasOnly(schema: JsonObject, keywords: readonly string[]): boolean {
  return Object.keys(schema).every((key) => keywords.includes(key) || ANNOTATIONS.has(key) || key.startsWith("x-"));
}

/**
 * Removes wrappers that only add null or a description, so that all notations of one schema are compared alike: `allOf` with one
 * member and `nullable` (OpenAPI 3.0), `anyOf` or `oneOf` with `type: "null"` (3.1), a reference with keywords beside it. Those are
 * combined with the reference in 3.1 (JSON Schema 2020-12, section 8.2.3.1), and ignored in 3.0, except for `nullable`, which
 * providers that write it mean.
 */
export function unwrapSchema(document: LoadedDocument, schema: unknown): UnwrappedSchema {
  let unwrapped: UnwrappedSchema = { schema, nullable: false, annotations: {} };
  for (let count = 0; count < MAX_WRAPPERS; count += 1) {
    const { schema: outer } = unwrapped;
    const inner = isJsonObject(outer) ? innerSchema(document, outer) : undefined;
    if (inner === undefined || !isJsonObject(outer)) return unwrapped;
    const own = Object.fromEntries(Object.entries(outer).filter(([key]) => KEPT_ANNOTATIONS.includes(key)));
    unwrapped = {
      schema: inner.schema,
      nullable: unwrapped.nullable || inner.nullable,
      annotations: { ...own, ...unwrapped.annotations },
    };
  }
  return unwrapped;
}

function innerSchema(
  document: LoadedDocument,
  outer: JsonObject,
): Pick<UnwrappedSchema, "schema" | "nullable"> | undefined {
  const nullable = fieldOf(outer, "nullable") === true || arrayIn(outer, "type").includes("null");
  const reference = referenceOf(outer);
  if (reference !== undefined) {
    const { $ref: _, ...siblings } = outer;
    if (Object.keys(siblings).length === 0) return undefined;
    const target = { $ref: reference };
    const isIgnored = String(fieldOf(document.json, "openapi")).startsWith("3.0");
    if (isIgnored || hasOnly(siblings, ["type"])) return { schema: target, nullable };
    return { schema: { ...siblings, allOf: [target, ...arrayIn(siblings, "allOf")] }, nullable: false };
  }
  for (const keyword of ["allOf", "anyOf", "oneOf"]) {
    const members = arrayIn(outer, keyword);
    if (members.length === 0 || !hasOnly(outer, [keyword])) continue;
    const rest = keyword === "allOf" ? members : members.filter((member) => !isNull(member));
    if (rest.length === 1) return { schema: rest[0], nullable: nullable || rest.length < members.length };
  }
  return undefined;
}

/** Whether a schema allows nothing but null. */
export function isNull(schema: unknown): boolean {
  if (stringIn(schema, "type") === "null" || (isJsonObject(schema) && schema.const === null)) return true;
  const values = fieldOf(schema, "enum");
  return Array.isArray(values) && values.length > 0 && values.every((value) => value === null);
}

/** An object schema in one notation for all versions of OpenAPI. Schemas inside of it are as they were. */
export function normalizeSchema(schema: JsonObject): JsonObject {
  const normal: Record<string, unknown> = { ...schema };
  const types = [fieldOf(schema, "type") ?? []].flat().filter((one): one is string => typeof one === "string");
  const values = "const" in schema ? [schema.const] : fieldOf(schema, "enum");
  const alternatives = [...arrayIn(schema, "anyOf"), ...arrayIn(schema, "oneOf")];
  const nullable =
    fieldOf(schema, "nullable") === true ||
    types.includes("null") ||
    alternatives.some(isNull) ||
    (types.length === 0 && Array.isArray(values) && values.includes(null));
  // OpenAPI 3.0 has `nullable` (4.7.24.1), 3.1 the type "null", also as an alternative.
  normal.nullable = nullable;
  normal.type = types.filter((type) => type !== "null").sort();
  if (Array.isArray(values)) normal.enum = values.filter((value) => value !== null);
  delete normal.const;
  for (const bound of ["maximum", "minimum"]) {
    const exclusive = `exclusive${bound[0]?.toUpperCase()}${bound.slice(1)}`;
    // A flag of `maximum` in OpenAPI 3.0, a number of its own in 3.1.
    if (typeof schema[exclusive] !== "boolean") continue;
    delete normal[exclusive];
    if (schema[exclusive] === false) continue;
    normal[exclusive] = schema[bound];
    delete normal[bound];
  }
  normalizeFormat(normal);
  return normal;
}

/** Files and base64 have a format in OpenAPI 3.0, and keywords for their content in 3.1 (section 4.8.14.3 of 3.1.0). */
function normalizeFormat(normal: Record<string, unknown>): void {
  if (normal.format === "base64") normal.format = "byte";
  if (normal.format !== undefined) return;
  if (normal.contentEncoding === "base64") {
    normal.format = "byte";
    delete normal.contentEncoding;
    delete normal.contentMediaType;
  } else if (normal.contentMediaType === "application/octet-stream") {
    normal.format = "binary";
    delete normal.contentMediaType;
  }
}

/** Whether a schema allows null, itself or through references and wrappers. */
export function allowsNull(document: LoadedDocument, schema: unknown): boolean {
  const { schema: inner, nullable } = unwrapSchema(document, schema);
  if (nullable) return true;
  const found = followReference(document, inner);
  if (!isJsonObject(found)) return false;
  return referenceOf(inner) === undefined ? normalizeSchema(found).nullable === true : allowsNull(document, found);
}
