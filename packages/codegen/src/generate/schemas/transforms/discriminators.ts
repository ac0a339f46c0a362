import { arrayIn, fieldOf, isJsonObject, type JsonObject, objectIn, stringIn } from "../../document/json.js";
import { componentOf, referTo, SchemaView, splitAnnotations } from "./schema-view.js";
import { mapInnermostFirst, mapSchemas, mapUses, mapValues } from "./walk-schemas.js";

interface PropertyValues {
  readonly property: string;
  readonly values: readonly string[];
}

/** By component, the values that its discriminator properties have. */
type Assignments = Map<string, Map<string, Set<string>>>;

/**
 * Gives each schema that a discriminator distinguishes the values that are sent: the keys of the mapping, or else what the schema
 * itself says, and only where neither says anything its name. openapi-typescript writes the name over the schema's own values
 * (https://github.com/openapi-ts/openapi-typescript/issues/2149, issues/2318), makes `never` of schemas in two unions
 * (issues/2775), and removes the property from a mapped union in `allOf` by `Omit`, which leaves nothing to tell apart
 * (issues/1690). The discriminators themselves are removed.
 */
export function resolveDiscriminators(document: JsonObject): JsonObject {
  const view = new SchemaView(document);
  const found: Assignments = new Map();
  const assign = (component: string, property: string, values: readonly string[]) => {
    const byProperty = found.get(component) ?? new Map<string, Set<string>>();
    found.set(component, byProperty);
    const known = byProperty.get(property) ?? new Set();
    byProperty.set(property, new Set([...known, ...values]));
  };
  const children = childrenByParent(document);
  const readUnion = (schema: JsonObject, property: string, members: readonly string[]) => {
    const mapping = keysByComponent(schema);
    for (const member of members) {
      const own = view.literals({ $ref: referTo(member) }, property);
      // Values that include its name are those of all members together.
      assign(member, property, mapping.get(member) ?? (own === undefined || own.includes(member) ? [member] : own));
    }
  };
  const readParent = (schema: JsonObject, property: string, component: string) => {
    const mapping = keysByComponent(schema);
    // A child that a mapping leaves out may extend the schema for another purpose.
    for (const child of descendants(component, children))
      assign(child, property, mapping.get(child) ?? (mapping.size === 0 ? [child] : []));
  };
  const read = (schema: JsonObject, component?: string) => {
    const property = stringIn(fieldOf(schema, "discriminator"), "propertyName");
    const members = [...arrayIn(schema, "oneOf"), ...arrayIn(schema, "anyOf")].flatMap((one) => componentOf(one) ?? []);
    if (property !== undefined && members.length > 0) readUnion(schema, property, members);
    else if (property !== undefined && component !== undefined) readParent(schema, property, component);
    return schema;
  };
  const readAll = (schema: unknown) => mapInnermostFirst(schema, (child) => read(child));
  mapUses(document, readAll, (schema, name) => {
    readAll(schema);
    return isJsonObject(schema) ? read(schema, name) : schema;
  });
  const patched = patchComponents(document, found, view);
  return mapSchemas(patched, (schema) => mapInnermostFirst(schema, withoutDiscriminator));
}

function withoutDiscriminator(schema: JsonObject): JsonObject {
  const { discriminator: _discriminator, ...rest } = schema;
  return rest;
}

function keysByComponent(schema: JsonObject): Map<string, string[]> {
  const keys = new Map<string, string[]>();
  for (const [key, reference] of Object.entries(objectIn(fieldOf(schema, "discriminator"), "mapping"))) {
    const component = componentOf({ $ref: reference });
    if (component !== undefined) keys.set(component, [...(keys.get(component) ?? []), key]);
  }
  return keys;
}

/** The components whose `allOf` refers to a component, by its name. */
function childrenByParent(document: JsonObject): Map<string, string[]> {
  const children = new Map<string, string[]>();
  for (const [name, schema] of Object.entries(objectIn(objectIn(document, "components"), "schemas"))) {
    for (const parent of arrayIn(schema, "allOf").flatMap((member) => componentOf(member) ?? []))
      children.set(parent, [...(children.get(parent) ?? []), name]);
  }
  return children;
}

function descendants(component: string, children: Map<string, string[]>): string[] {
  const all = new Set<string>();
  const pending = [...(children.get(component) ?? [])];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (all.has(next)) continue;
    all.add(next);
    pending.push(...(children.get(next) ?? []));
  }
  return [...all];
}

function patchComponents(document: JsonObject, found: Assignments, view: SchemaView): JsonObject {
  const components = objectIn(document, "components");
  const schemas = mapValues(objectIn(components, "schemas"), (schema, name) => {
    const properties = [...(found.get(name) ?? [])];
    return properties.reduce(
      (patched, [property, values]) => setValues(patched, { property, values: [...values] }, view),
      schema,
    );
  });
  return { ...document, components: { ...components, schemas } };
}

function setValues(schema: unknown, { property, values }: PropertyValues, view: SchemaView): unknown {
  if (!isJsonObject(schema) || "$ref" in schema) return schema;
  const known = view.resolve(view.property(schema, property));
  const own = view.literals(schema, property);
  // A property of another type has no such value, and of two lists without a common value the schema's own is right.
  const isText = known === undefined || own !== undefined || (known.type ?? "string") === "string";
  const allowed = own === undefined ? values : values.filter((value) => own.includes(value));
  if (!isText || allowed.length === 0) return schema;
  const properties = objectIn(schema, "properties");
  const before = fieldOf(properties, property);
  const { annotations } = splitAnnotations(isJsonObject(before) ? before : {});
  const literal = { ...annotations, type: "string", enum: allowed };
  const required = [...new Set([...arrayIn(schema, "required"), property])];
  if (before !== undefined || (schema.type === "object" && schema.allOf === undefined))
    return { ...schema, properties: { ...properties, [property]: literal }, required };
  // Of a union, each alternative has its own values.
  if (schema.allOf === undefined) return schema;
  const member = { type: "object", required: [property], properties: { [property]: literal } };
  return { ...schema, allOf: [...arrayIn(schema, "allOf"), member] };
}
