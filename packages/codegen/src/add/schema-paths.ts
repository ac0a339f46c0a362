import type { LoadedDocument } from "../document/loaded-document.js";
import { arrayIn, fieldOf, isJsonObject, type JsonObject } from "../generate/document/json.js";
import { followReference } from "../generate/document/reference.js";
import { isArray, propertiesOf, typesOf } from "../generate/facts/schema-shape.js";
import type { Path } from "../generate/generator-profile.js";

// What says how a list goes on stands beside it; a schema this wide has gone elsewhere.
const MAX_PLACES = 5_000;

/** A place in a JSON document, and the schema of what stands there. */
export interface SchemaPlace {
  readonly path: Path;
  readonly schema: JsonObject;
}

/** Every place of a schema down to some depth, outside of lists, the nearest first. */
export function placesOf(document: LoadedDocument, schema: unknown, depth: number): SchemaPlace[] {
  const found: SchemaPlace[] = [];
  let level: { readonly path: Path; readonly schema: unknown }[] = [{ path: [], schema }];
  for (let step = 0; step < depth && found.length < MAX_PLACES; step += 1) {
    const below = level.flatMap((one) =>
      [...propertiesOf(document, one.schema)].flatMap(([name, property]): SchemaPlace[] => {
        const inner = followReference(document, property);
        return isJsonObject(inner) ? [{ path: [...one.path, name], schema: inner }] : [];
      }),
    );
    found.push(...below);
    level = below;
  }
  return found;
}

/** The schema at a place, lists included: a number in the path is an index. */
export function placeAt(document: LoadedDocument, schema: unknown, path: Path): JsonObject | undefined {
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

/** Whether every value of the schema but null is a text, or one of the kinds asked for. */
export function isScalar(document: LoadedDocument, schema: unknown, kinds: readonly string[] = ["string"]): boolean {
  const types = typesIn(document, schema, 0);
  return types.length === 1 && kinds.includes(types[0]!);
}

// Compositions of compositions end somewhere in any sane document; in another, this ends the search.
const MAX_DEPTH = 10;

/** The types that a schema names, itself or by what it is composed of, without null. */
function typesIn(document: LoadedDocument, schema: unknown, depth: number): readonly string[] {
  const found = followReference(document, schema);
  if (!isJsonObject(found) || depth > MAX_DEPTH) return [];
  const own = typesOf(found).filter((type) => type !== "null");
  if (own.length > 0) return own;
  const members = ["allOf", "anyOf", "oneOf"].flatMap((keyword) => arrayIn(found, keyword));
  return [...new Set(members.flatMap((member) => typesIn(document, member, depth + 1)))];
}
