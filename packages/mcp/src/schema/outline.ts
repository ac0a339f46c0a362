import { type JsonSchema, type SchemaObject, type SchemaView, typesOf } from "@connectry/testing/openapi";
import { firstSentence } from "../data/plain-text.js";

/** How much of a schema is shown. */
export interface OutlineOptions {
  /** Levels of objects. @default 2 */
  readonly depth?: number | undefined;
  /** Characters of a description. @default 100 */
  readonly maxText?: number | undefined;
}

const maxNames = 12;
const maxReferences = 64;

/** Follows references. */
function resolve(view: SchemaView, schema: JsonSchema): SchemaObject {
  let current = schema;
  for (let count = 0; typeof current === "object" && current.$ref !== undefined && count < maxReferences; count += 1) {
    const { $ref, description } = current;
    const target = view.resolve($ref);
    current = typeof target === "object" && description !== undefined ? { ...target, description } : target;
  }
  return typeof current === "object" ? current : {};
}

/** The members of an object, those of its `allOf` included. */
function membersOf(view: SchemaView, schema: SchemaObject, seen = new Set<SchemaObject>()): SchemaObject {
  if (seen.has(schema) || seen.size > maxReferences) return schema;
  seen.add(schema);
  const parts = (schema.allOf ?? []).map((part) => membersOf(view, resolve(view, part), seen));
  if (parts.length === 0) return schema;
  const properties = Object.assign({}, ...parts.map((part) => part.properties), schema.properties);
  const required = [schema, ...parts].flatMap((part) => part.required ?? []);
  const first = parts.find((part) => part.type !== undefined || part.anyOf !== undefined || part.oneOf !== undefined);
  return { ...first, ...schema, properties, required };
}

const literal = (value: unknown) => JSON.stringify(value) ?? "null";

function textOf(description: string | undefined, maxText: number): string {
  const text = maxText === 0 ? "" : firstSentence(description ?? "", maxText);
  return text === "" ? "" : ` // ${text}`;
}

/**
 * A schema as a type that a person or a language model reads: a tenth of its JSON Schema. What lies below `depth` is `{…}`.
 */
export function outline(
  view: SchemaView,
  given: JsonSchema,
  { depth = 2, maxText = 100 }: OutlineOptions = {},
): string {
  const print = (schema: JsonSchema, levels: number, indent: string): string => {
    const own = membersOf(view, resolve(view, schema));
    if (own.const !== undefined) return literal(own.const);
    if (own.enum !== undefined) {
      const shown = own.enum.slice(0, maxNames).map(literal).join(" | ");
      return own.enum.length > maxNames ? `${shown} | … (${own.enum.length} values)` : shown;
    }
    const alternatives = own.anyOf ?? own.oneOf;
    if (alternatives !== undefined) {
      const printed = [...new Set(alternatives.map((one) => print(one, levels, indent)))];
      return printed.slice(0, maxNames).join(" | ");
    }
    const types = typesOf(own);
    if (own.items !== undefined || types.includes("array")) {
      const items = print(own.items ?? true, levels, indent);
      return items.includes(" | ") ? `(${items})[]` : `${items}[]`;
    }
    const properties = Object.entries(own.properties ?? {});
    if (properties.length > 0) {
      if (levels === 0) return "{…}";
      const inner = `${indent}  `;
      const lines = properties.flatMap(([name, member]) => {
        const target = resolve(view, member);
        // A request does not set what is read only.
        if (view.direction === "request" && target.readOnly) return [];
        const mark = own.required?.includes(name) ? "" : "?";
        const shown = /^[A-Za-z_$][\w$]*$/.test(name) ? name : literal(name);
        return [`${inner}${shown}${mark}: ${print(member, levels - 1, inner)}${textOf(target.description, maxText)}`];
      });
      return `{\n${lines.join("\n")}\n${indent}}`;
    }
    if (typeof own.additionalProperties === "object")
      return `{ [name]: ${print(own.additionalProperties, Math.max(0, levels - 1), indent)} }`;
    const named = types.length > 0 ? types.join(" | ") : "any";
    return own.format === undefined ? named : `${named} (${own.format})`;
  };
  return print(given, depth, "");
}

/** The schema at a path such as `payment_method_data.card` or `data[].customer`; undefined where there is none. */
export function schemaAt(view: SchemaView, schema: JsonSchema, path: string): JsonSchema | undefined {
  const names = path.split(/[.[\]]+/).filter((name) => name !== "" && name !== "*");
  let current: JsonSchema | undefined = schema;
  const enter = (one: JsonSchema, name: string, left = maxReferences): JsonSchema | undefined => {
    const own = membersOf(view, resolve(view, one));
    if (Object.hasOwn(own.properties ?? {}, name)) return own.properties?.[name];
    if (left === 0) return undefined;
    if (own.items !== undefined) return enter(own.items, name, left - 1);
    for (const alternative of own.anyOf ?? own.oneOf ?? []) {
      const found = enter(alternative, name, left - 1);
      if (found !== undefined) return found;
    }
    return typeof own.additionalProperties === "object" ? own.additionalProperties : undefined;
  };
  for (const name of names) {
    if (current === undefined) return undefined;
    current = enter(current, name);
  }
  return current;
}
