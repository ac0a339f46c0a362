import type { LoadedDocument } from "../../document/loaded-document.js";
import { arrayIn, fieldOf, isJsonObject, type JsonObject } from "../document/json.js";
import { referenceOf } from "../document/reference.js";

const RESTRICTING = "enum const properties required patternProperties items prefixItems allOf anyOf oneOf".split(" ");

/** A reference in a cleaned document, and what is beside it. */
interface CleanReference {
  readonly target: JsonObject;
  readonly siblings: JsonObject | boolean;
  readonly annotations: JsonObject;
}

/**
 * A reference, together with the keywords beside it. OpenAPI 3.1 combines both (JSON Schema 2020-12, section 8.2.3.1), and
 * openapi-typescript drops the keywords. OpenAPI 3.0 ignores them, but a provider that writes `nullable` there sends null
 * (https://github.com/hey-api/hey-api/issues/4253), so the type has it, and `countNullableReferences` says so.
 */
export function joinSiblings(document: LoadedDocument, { target, siblings, annotations }: CleanReference): JsonObject {
  const combined =
    combinesSiblings(document) && RESTRICTING.some((keyword) => fieldOf(siblings, keyword) !== undefined);
  const schema = combined ? { ...annotations, allOf: [target, siblings as JsonObject] } : { ...annotations, ...target };
  if (!isNullable(siblings)) return schema;
  const { nullable: _nullable, ...rest } = siblings as JsonObject;
  return { ...annotations, anyOf: [combined ? { allOf: [target, rest] } : target, { type: "null" }] };
}

/** How many references of a document have `nullable: true` beside them, which OpenAPI 3.0 ignores. */
export function countNullableReferences(document: LoadedDocument): number {
  if (combinesSiblings(document)) return 0;
  const count = (value: unknown): number => {
    if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + count(item), 0);
    if (!isJsonObject(value)) return 0;
    if (referenceOf(value)?.startsWith("#/components/schemas/") && fieldOf(value, "nullable") === true) return 1;
    return Object.values(value).reduce((sum: number, item) => sum + count(item), 0);
  };
  return count(document.json);
}

function combinesSiblings({ json }: LoadedDocument): boolean {
  return !String(fieldOf(json, "openapi")).startsWith("3.0");
}

function isNullable(siblings: JsonObject | boolean): boolean {
  return fieldOf(siblings, "nullable") === true || arrayIn(siblings, "type").includes("null");
}
