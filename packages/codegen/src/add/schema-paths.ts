import type { LoadedDocument } from "../document/loaded-document.js";
import { arrayIn, fieldOf, isJsonObject, type JsonObject } from "../generate/document/json.js";
import { followReference } from "../generate/document/reference.js";
import { isArray, propertiesOf, typesOf } from "../generate/facts/schema-shape.js";
import type { JsonPath } from "../generate/profile/generator-profile.js";

// Pagination fields are near the list, so there is no need to search more of a very wide schema.
const MAX_SCHEMAS = 5_000;

/** A path in a JSON value, and the schema of the value there. */
export interface LocatedSchema {
  readonly path: JsonPath;
  readonly schema: JsonObject;
}

/** The schemas of all properties down to a depth, without those inside of lists, the shallowest first. */
export function propertySchemas(document: LoadedDocument, schema: unknown, depth: number): LocatedSchema[] {
  const found: LocatedSchema[] = [];
  let level: { readonly path: JsonPath; readonly schema: unknown }[] = [{ path: [], schema }];
  for (let step = 0; step < depth && found.length < MAX_SCHEMAS; step += 1) {
    const below = level.flatMap((one) =>
      [...propertiesOf(document, one.schema)].flatMap(([name, property]): LocatedSchema[] => {
        const inner = followReference(document, property);
        return isJsonObject(inner) ? [{ path: [...one.path, name], schema: inner }] : [];
      }),
    );
    found.push(...below);
    level = below;
  }
  return found;
}

/** The schema at a path, in which a number is an index of a list; undefined if there is none. */
export function schemaAt(document: LoadedDocument, schema: unknown, path: JsonPath): JsonObject | undefined {
  let current: unknown = followReference(document, schema);
  for (const step of path) {
    const inner =
      typeof step === "number"
        ? isArray(document, current)
          ? fieldOf(current, "items")
          : undefined
        : propertiesOf(document, current).get(step);
    if (inner === undefined) return undefined;
    current = followReference(document, inner);
  }
  return isJsonObject(current) ? current : undefined;
}

/** Whether all values of the schema are null or of one of the types. */
export function isScalar(document: LoadedDocument, schema: unknown, allowed: readonly string[] = ["string"]): boolean {
  const types = typesIn(document, schema, 0);
  return types.length === 1 && allowed.includes(types[0]!);
}

// No API nests compositions this deep. In a document that does, the search ends here.
const MAX_DEPTH = 10;

/** The types of a schema, its own or those of its members, without null. */
function typesIn(document: LoadedDocument, schema: unknown, depth: number): readonly string[] {
  const found = followReference(document, schema);
  if (!isJsonObject(found) || depth > MAX_DEPTH) return [];
  const own = typesOf(found).filter((type) => type !== "null");
  if (own.length > 0) return own;
  const members = ["allOf", "anyOf", "oneOf"].flatMap((keyword) => arrayIn(found, keyword));
  return [...new Set(members.flatMap((member) => typesIn(document, member, depth + 1)))];
}
