import { fieldOf, isJsonObject, type JsonObject } from "../../generate/document/json.js";
import { followReference, referenceOf } from "../../generate/document/reference.js";
import { contractOf } from "../../generate/surface/contract.js";
import type { Versions } from "../changes/versions.js";
import { compareDiscriminators } from "./compare-discriminators.js";
import { hasOnly, normalizeSchema } from "./normal-schema.js";
import { membersOf, type SchemaMember } from "./schema-members.js";
import { deeper, type NestedSite, type SchemaVisit } from "./schema-site.js";

/** Two schemas, and what the documents have in their place, which may be references. */
export interface ComparedAlternatives {
  readonly schemas: Versions<JsonObject>;
  readonly origins: Versions<unknown>;
}

const KEYWORDS = ["oneOf", "anyOf"] as const;

/** Whether one version consists of alternatives, and the other is a schema that may be one of them. */
export function isWrapping({ old, new: current }: Versions<JsonObject>): boolean {
  return (isUnion(old) && !hasAlternatives(current)) || (isUnion(current) && !hasAlternatives(old));
}

/**
 * Compares the members of `oneOf` and `anyOf`. They are paired by name, by content, or by type where both versions have one member
 * of it. If one on each side remains, the two are compared with each other. A schema that became one of several is paired, too.
 */
export function compareAlternatives(
  visit: SchemaVisit,
  { schemas, origins }: ComparedAlternatives,
  site: NestedSite,
): void {
  if (isWrapping(schemas)) {
    const asMembers = (schema: JsonObject, origin: unknown) =>
      isUnion(schema) ? allMembers(schema) : [{ ...memberOf(origin), schema: origin }];
    const members = { old: asMembers(schemas.old, origins.old), new: asMembers(schemas.new, origins.new) };
    const hasPair = compareMembers(visit, members, site);
    if (!hasPair) visit.record(site, "alternatives-unlike");
    return;
  }
  if (hasAlternatives(schemas.old) !== hasAlternatives(schemas.new)) {
    visit.record(site, hasAlternatives(schemas.new) ? "alternatives-introduced" : "alternatives-lifted");
    return;
  }
  const isOfBoth = [schemas.old, schemas.new].some((schema) => KEYWORDS.every((name) => name in schema));
  const groups = isOfBoth ? KEYWORDS.map((name) => [name]) : [[...KEYWORDS]];
  for (const names of groups) {
    const members = (schema: JsonObject) => names.flatMap((name) => membersOf(schema, name));
    compareMembers(visit, { old: members(schemas.old), new: members(schemas.new) }, site);
  }
  compareDiscriminators(visit, schemas, site);
}

/** Records nothing, and returns false, where no member of one version is like one of the other. */
function compareMembers(visit: SchemaVisit, members: Versions<readonly SchemaMember[]>, site: NestedSite): boolean {
  const removed = new Set(members.old);
  const added = new Set(members.new);
  const pair = (before: SchemaMember, after: SchemaMember) => {
    removed.delete(before);
    added.delete(after);
    visit.compare({ old: before.schema, new: after.schema }, deeper(site));
  };
  for (const before of members.old) {
    const same = [...added].find(({ key }) => key === before.key);
    if (same !== undefined) pair(before, same);
  }
  const { old, new: current } = visit.documents;
  const contract = (document: typeof old, { schema }: SchemaMember) =>
    JSON.stringify(contractOf(followReference(document, schema)));
  for (const before of [...removed]) {
    const text = contract(old, before);
    const same = [...added].find((after) => contract(current, after) === text);
    if (same !== undefined) pair(before, same);
  }
  const isOfType = (document: typeof old, { schema }: SchemaMember, type: string | undefined) =>
    type !== undefined && typeOf(followReference(document, schema)) === type;
  for (const before of [...removed]) {
    const type = typeOf(followReference(old, before.schema));
    const [rivals, candidates] = [
      [...removed].filter((one) => isOfType(old, one, type)),
      [...added].filter((one) => isOfType(current, one, type)),
    ];
    const [same] = candidates;
    if (rivals.length !== 1 || candidates.length !== 1 || same === undefined) continue;
    // Components of another name and another content are other schemas.
    if (!(before.isNamed && same.isNamed)) pair(before, same);
  }
  const [before, after] = [[...removed], [...added]];
  if (before.length === 1 && after.length === 1 && !(before[0]?.isNamed && after[0]?.isNamed)) {
    pair(before[0] as SchemaMember, after[0] as SchemaMember);
    return true;
  }
  if (members.old.length > 0 && members.new.length > 0 && before.length === members.old.length) {
    if (members.old.length === 1 || members.new.length === 1) return false;
  }
  for (const { title } of after) visit.record(site, "alternative-added", { detail: title });
  for (const { title } of before) visit.record(site, "alternative-removed", { detail: title });
  return true;
}

/** A schema that consists of alternatives, with no restriction of its own beside them. */
function isUnion(schema: JsonObject): boolean {
  return hasAlternatives(schema) && hasOnly(schema, ["oneOf", "anyOf", "type"]);
}

function hasAlternatives(schema: JsonObject): boolean {
  return allMembers(schema).length > 0;
}

function allMembers(schema: JsonObject): SchemaMember[] {
  return KEYWORDS.flatMap((name) => membersOf(schema, name));
}

function memberOf(schema: unknown): SchemaMember {
  const [member] = membersOf({ anyOf: [schema] }, "anyOf");
  return member ?? { schema, key: "", title: "a schema", isNamed: referenceOf(schema) !== undefined };
}

/** The only type of a schema; undefined if it has several, or none. */
function typeOf(schema: unknown): string | undefined {
  if (!isJsonObject(schema)) return undefined;
  const types = fieldOf(normalizeSchema(schema), "type") as readonly string[];
  if (types.length > 0) return types.length === 1 ? types[0] : undefined;
  return fieldOf(schema, "properties") === undefined ? undefined : "object";
}
