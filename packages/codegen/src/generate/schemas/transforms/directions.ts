import { fieldOf, isJsonObject, type JsonObject, objectIn } from "../../document/json.js";
import { allowEmptyAsNull } from "./form-nulls.js";
import { forRequest, forResponse, type RequestFacts } from "./read-write.js";
import { componentOf, referTo, SchemaView } from "./schema-view.js";
import { mapInnermostFirst, mapUses, mapValues, type SchemaUse } from "./walk-schemas.js";

const FORM = /^\s*application\/x-www-form-urlencoded/i;

/**
 * Gives requests and responses types of their own where they differ: a request need not have what is `readOnly`, a response has
 * nothing that is `writeOnly` (OpenAPI 3.1, section 4.8.24.2), and dates can be passed as `Date`. openapi-typescript has one
 * type for both (https://github.com/openapi-ts/openapi-typescript/issues/604). A component that both use and that differs becomes
 * two: its own name is that of responses, the other ends in `Input`.
 */
export function splitDirections(document: JsonObject, facts: RequestFacts): JsonObject {
  const view = new SchemaView(document);
  const components = objectIn(document, "components");
  const schemas = objectIn(components, "schemas");
  const written = reach(document, schemas, "request");
  const read = reach(document, schemas, "response");
  const toRequest = (schema: unknown) => mapInnermostFirst(schema, (one) => forRequest(one, view, facts));
  const toResponse = (schema: unknown) => mapInnermostFirst(schema, (one) => forResponse(one));
  const shared = Object.fromEntries(Object.entries(schemas).filter(([name]) => written.has(name) && read.has(name)));
  const differing = Object.entries(shared).filter(([, schema]) => {
    const before = JSON.stringify(schema);
    return JSON.stringify(toRequest(schema)) !== before || JSON.stringify(toResponse(schema)) !== before;
  });
  const differ = referringTo(
    differing.map(([name]) => name),
    shared,
  );
  const inputs = nameInputs([...differ], schemas);
  const asInput = (schema: unknown) => mapInnermostFirst(toRequest(schema), (one) => referToInputs(one, inputs));
  const mapped = mapUses(
    document,
    (schema, use: SchemaUse) => {
      if (use.direction === "response") return toResponse(schema);
      return asInput(FORM.test(use.mediaType ?? "") ? allowEmptyAsNull(schema) : schema);
    },
    (schema, name) => {
      if (read.has(name)) return toResponse(schema);
      return written.has(name) ? asInput(schema) : schema;
    },
  );
  const added = [...inputs].map(([name, input]) => [input, asInput(schemas[name])]);
  if (added.length === 0) return mapped;
  const all = { ...objectIn(objectIn(mapped, "components"), "schemas"), ...Object.fromEntries(added) };
  return { ...mapped, components: { ...objectIn(mapped, "components"), schemas: all } };
}

/** The components that a schema refers to, directly. */
function referencesOf(schema: unknown): string[] {
  const found: string[] = [];
  mapInnermostFirst(schema, (one) => {
    const mapping = Object.values(objectIn(fieldOf(one, "discriminator"), "mapping"));
    for (const reference of [one, ...mapping.map(($ref) => ({ $ref }))]) found.push(...asList(componentOf(reference)));
    return one;
  });
  return found;
}

/** The components that bodies, parameters and headers of one direction refer to, directly or through others. */
function reach(document: JsonObject, schemas: JsonObject, direction: SchemaUse["direction"]): Set<string> {
  const pending: string[] = [];
  mapUses(
    document,
    (schema, use) => {
      if (use.direction === direction) pending.push(...referencesOf(schema));
      return schema;
    },
    (schema) => schema,
  );
  const reached = new Set<string>();
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (reached.has(next)) continue;
    reached.add(next);
    pending.push(...referencesOf(schemas[next]));
  }
  return reached;
}

/** These components, and all that refer to one of them, directly or through others. */
function referringTo(names: readonly string[], schemas: JsonObject): Set<string> {
  const users = new Map<string, string[]>();
  for (const [name, schema] of Object.entries(schemas))
    for (const used of referencesOf(schema)) users.set(used, [...(users.get(used) ?? []), name]);
  const all = new Set<string>();
  const pending = [...names];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (all.has(next)) continue;
    all.add(next);
    pending.push(...(users.get(next) ?? []));
  }
  return all;
}

function nameInputs(names: readonly string[], schemas: JsonObject): Map<string, string> {
  const taken = new Set(Object.keys(schemas));
  return new Map(
    names.map((name) => {
      let input = `${name}Input`;
      while (taken.has(input)) input += "_";
      taken.add(input);
      return [name, input];
    }),
  );
}

function referToInputs(schema: JsonObject, inputs: ReadonlyMap<string, string>): JsonObject {
  const renamed = (reference: unknown) => {
    const input = inputs.get(componentOf({ $ref: reference }) ?? "");
    return input === undefined ? reference : referTo(input);
  };
  const discriminator = fieldOf(schema, "discriminator");
  const mapping = objectIn(discriminator, "mapping");
  return {
    ...schema,
    ...("$ref" in schema && { $ref: renamed(schema.$ref) }),
    ...(isJsonObject(discriminator) && {
      discriminator: { ...discriminator, ...("mapping" in discriminator && { mapping: mapValues(mapping, renamed) }) },
    }),
  };
}

function asList<T>(value: T | undefined): T[] {
  return value === undefined ? [] : [value];
}
