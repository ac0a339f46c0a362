import type { SchemaView } from "./document-schemas.js";
import type { JsonSchema, SchemaObject } from "./json-schema.js";

// What a schema may have beside these judges several members together, such as `oneOf` or `dependentRequired`.
const ofEachMember =
  /^(type|properties|required|additionalProperties|title|description|examples?|default|deprecated|x-.*)$/;

/** The schema itself, where it is a reference to another. */
function target(view: SchemaView, schema: JsonSchema): SchemaObject | undefined {
  let at = schema;
  for (let steps = 0; steps < 20 && typeof at === "object" && typeof at.$ref === "string"; steps += 1)
    at = view.resolve(at.$ref);
  return typeof at === "object" ? at : undefined;
}

/** A valid value, and the members that replace some of its own. */
export interface Replacement {
  readonly valid: Readonly<Record<string, unknown>>;
  readonly members: Readonly<Record<string, unknown>>;
}

/**
 * The errors of a valid value after some of its members were replaced, as `validate` has them. Where the schema judges each member by
 * itself, only those are checked: a sampled object has many others, and is nested deeply.
 */
export function validateMembers(
  view: SchemaView,
  schema: JsonSchema,
  { valid, members }: Replacement,
): readonly string[] {
  const object = target(view, schema);
  const properties = object?.properties ?? {};
  const isByMember = object !== undefined && Object.keys(object).every((name) => ofEachMember.test(name));
  const isValid =
    isByMember &&
    Object.entries(members).every(
      ([name, value]) =>
        Object.hasOwn(properties, name) && view.validate(value, properties[name] as JsonSchema).length === 0,
    );
  return isValid ? [] : view.validate({ ...valid, ...members }, schema);
}
