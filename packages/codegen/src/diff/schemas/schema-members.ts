import type { LoadedDocument } from "../../document/loaded-document.js";
import { arrayIn, fieldOf, isJsonObject, type JsonObject, objectIn, stringIn } from "../../generate/document/json.js";
import { followReference, referenceOf } from "../../generate/document/reference.js";
import { contractOf } from "../../generate/surface/contract.js";
import { isNull } from "./normal-schema.js";

/** One member of `allOf`, `oneOf` or `anyOf`. */
export interface SchemaMember {
  readonly schema: unknown;
  /** Equal for the same member in two versions. */
  readonly key: string;
  /** For messages. */
  readonly title: string;
  /** Whether it is a component: then another name means another schema. */
  readonly isNamed: boolean;
}

const MAX_DEPTH = 20;

/** The members of `allOf`, `oneOf` or `anyOf`, without `type: "null"`, which belongs to the types. */
export function membersOf(schema: JsonObject, keyword: string): SchemaMember[] {
  const members = arrayIn(schema, keyword).filter((member) => !isNull(member));
  return members.map((member, index) => {
    const reference = referenceOf(member);
    if (reference !== undefined)
      return { schema: member, key: reference, title: reference.split("/").at(-1) ?? reference, isNamed: true };
    const title = stringIn(member, "title") ?? stringIn(member, "type") ?? "a schema";
    // All members of allOf apply at once, so their index is enough to distinguish them.
    const key = keyword === "allOf" ? `#${index}` : (stringIn(member, "title") ?? JSON.stringify(contractOf(member)));
    return { schema: member, key, title, isNamed: false };
  });
}

/** A schema with its `allOf` merged into it: the properties and required names of all members. */
export function flattenAllOf(document: LoadedDocument, schema: JsonObject, depth = 0): JsonObject {
  const members = arrayIn(schema, "allOf");
  if (members.length === 0 || depth > MAX_DEPTH) return schema;
  const parts = members
    .map((member) => followReference(document, member))
    .filter(isJsonObject)
    .map((member) => flattenAllOf(document, member, depth + 1));
  const all = [...parts, schema];
  const { allOf: _, ...own } = schema;
  const types = all.map((part) => fieldOf(part, "type")).filter((type) => type !== undefined);
  return {
    ...Object.assign({}, ...parts),
    ...own,
    ...(types.length > 0 && { type: types.at(-1) }),
    properties: Object.assign(Object.create(null), ...all.map((part) => objectIn(part, "properties"))),
    required: [...new Set(all.flatMap((part) => arrayIn(part, "required")))],
  };
}
