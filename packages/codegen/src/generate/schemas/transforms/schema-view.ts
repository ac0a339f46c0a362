import { arrayIn, fieldOf, isJsonObject, type JsonObject, objectIn, stringIn } from "../../document/json.js";
import { SUBJECT } from "./walk-schemas.js";

const PREFIX = "#/components/schemas/";

/** The name of the component that a schema of a cleaned document refers to. */
export function componentOf(schema: unknown): string | undefined {
  const reference = stringIn(schema, "$ref");
  return reference?.startsWith(PREFIX) ? reference.slice(PREFIX.length) : undefined;
}

/** The reference to a component. */
export function referTo(component: string): string {
  return `${PREFIX}${component}`;
}

/** The keywords of a schema that become its comment, and `nullable`: what stays outside where a schema is wrapped. */
export function splitAnnotations(schema: JsonObject): { annotations: JsonObject; shape: JsonObject } {
  const isAnnotation = (keyword: string) => ANNOTATIONS.has(keyword);
  const entries = Object.entries(schema);
  return {
    annotations: Object.fromEntries(entries.filter(([keyword]) => isAnnotation(keyword))),
    shape: Object.fromEntries(entries.filter(([keyword]) => !isAnnotation(keyword))),
  };
}

const ANNOTATIONS = new Set(
  "title summary description format deprecated readOnly writeOnly default example examples nullable".split(" "),
);

/** A schema without its texts, for a second place where it is the type of the same value. */
export function withoutTexts(schema: unknown): unknown {
  if (!isJsonObject(schema)) return schema ?? {};
  const { annotations, shape } = splitAnnotations(schema);
  return { ...shape, ...(annotations.nullable === true && { nullable: true }) };
}

interface PropertySearch {
  readonly name: string;
  /** The keywords whose members are searched, too. */
  readonly keywords: readonly string[];
  readonly seen: Set<JsonObject>;
}

/** Looks up what the schemas of a cleaned document have, through references and `allOf`. */
export class SchemaView {
  readonly #schemas: JsonObject;

  constructor(document: JsonObject) {
    this.#schemas = objectIn(objectIn(document, "components"), "schemas");
  }

  /** The schema itself, or the one that it refers to; undefined for a reference that leads back to itself. */
  resolve(schema: unknown): JsonObject | undefined {
    let current = schema;
    for (let steps = 0; steps < 50; steps += 1) {
      const component = componentOf(current);
      if (component === undefined) return isJsonObject(current) ? current : undefined;
      current = fieldOf(this.#schemas, component);
    }
    return undefined;
  }

  /** The schema of a property: of the schema itself, or of a member of its `allOf`. */
  property(schema: unknown, name: string): unknown {
    return this.#find(schema, { name, keywords: ["allOf"], seen: new Set() });
  }

  /** Whether a property is in the schema, in a member of its `allOf`, or in one of its alternatives. */
  mentions(schema: unknown, name: string): boolean {
    return this.#find(schema, { name, keywords: ["allOf", "anyOf", "oneOf"], seen: new Set() }) !== undefined;
  }

  /** The strings that a property can have, where the schema lists them. */
  literals(schema: unknown, name: string): readonly string[] | undefined {
    const property = this.resolve(this.property(schema, name));
    if (property === undefined) return undefined;
    const values = "const" in property ? [property.const] : arrayIn(property, "enum");
    const texts = values.filter((value) => typeof value === "string");
    return texts.length > 0 ? texts : undefined;
  }

  #find(schema: unknown, search: PropertySearch): unknown {
    const target = this.resolve(schema);
    if (target === undefined || search.seen.has(target)) return undefined;
    search.seen.add(target);
    const own = fieldOf(objectIn(target, "properties"), search.name);
    if (own !== undefined) return own;
    const members = search.keywords.flatMap((keyword) => arrayIn(target, keyword));
    for (const member of [...members, fieldOf(target, SUBJECT)]) {
      const found = this.#find(member, search);
      if (found !== undefined) return found;
    }
    return undefined;
  }
}
