import { createRequire } from "node:module";

/** An object of a document. */
export type Json = Readonly<Record<string, unknown>>;

/** How a page is sampled. */
export interface PageVariant {
  /** Its number, from 1: texts of different pages differ. */
  readonly page: number;
  /** The value of its booleans, some of which say whether it is the last. */
  readonly flag: boolean;
  /** Whether its lists have items. */
  readonly hasItems: boolean;
}

/** Samples and checks values of the schemas of one document, and knows no profile, no facts and no fake provider. */
export interface DocumentSampler {
  resolve(value: unknown): Json;
  sample(schema: unknown, variant: PageVariant): unknown;
  /** Why the value is not valid by ajv; undefined where it is. */
  problem(value: unknown, schema: unknown): string | undefined;
}

const testing = createRequire(new URL("../../../packages/testing/package.json", import.meta.url));
const maxDepth = 7;
const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Creates the sampler of a document. */
export function createDocumentSampler(document: Json): DocumentSampler {
  const resolve = (value: unknown): Json => {
    let found = value;
    for (let step = 0; step < 20 && isObject(found) && typeof found.$ref === "string"; step += 1) {
      const names = found.$ref
        .slice(2)
        .split("/")
        .map((name) => decodeURIComponent(name).replaceAll("~1", "/").replaceAll("~0", "~"));
      found = names.reduce<unknown>((at, name) => (at as Json | undefined)?.[name], document);
    }
    return isObject(found) ? found : {};
  };

  /** The schema with the members of its `allOf`, and one member of its unions, merged into it. */
  const flatten = (schema: unknown, depth: number): Json => {
    const own = resolve(schema);
    if (depth > maxDepth) return own;
    const members = [...((own.allOf as unknown[] | undefined) ?? [])];
    for (const union of [own.anyOf, own.oneOf] as (unknown[] | undefined)[]) {
      const some = (union ?? []).filter((member) => resolve(member).type !== "null");
      if (some.length > 0) members.push(some[0]);
    }
    let merged = own;
    for (const member of members) {
      const found = flatten(member, depth + 1);
      const all = (name: string) => [
        ...((found[name] as string[] | undefined) ?? []),
        ...((merged[name] as string[] | undefined) ?? []),
      ];
      const properties = { ...(found.properties as Json | undefined), ...(merged.properties as Json | undefined) };
      merged = { ...found, ...merged, properties, required: all("required") };
    }
    return merged;
  };

  let count = 0;
  const sample = (schema: unknown, variant: PageVariant, depth = 0): unknown => {
    const found = flatten(schema, 0);
    if (found.const !== undefined) return found.const;
    if (Array.isArray(found.enum)) return found.enum[0];
    const type = [found.type].flat().find((one) => one !== "null");
    if (type === "array" || (type === undefined && found.items !== undefined)) {
      if (depth > maxDepth || (!variant.hasItems && !(Number(found.minItems) > 0))) return [];
      return Array.from({ length: Math.max(2, Number(found.minItems ?? 0)) }, () =>
        sample(found.items ?? {}, variant, depth + 1),
      );
    }
    if (type === "object" || (type === undefined && found.properties !== undefined)) {
      const required = new Set((found.required as string[] | undefined) ?? []);
      const properties = Object.entries((found.properties as Json | undefined) ?? {});
      const wanted = properties.filter(([name]) => depth < maxDepth || (required.has(name) && depth < 2 * maxDepth));
      return Object.fromEntries(wanted.map(([name, property]) => [name, sample(property, variant, depth + 1)]));
    }
    count += 1;
    if (type === "boolean") return variant.flag;
    if (type === "integer" || type === "number") {
      const wanted = 1_000_000 + count;
      return Math.min(Math.max(wanted, Number(found.minimum ?? wanted)), Number(found.maximum ?? wanted));
    }
    return sampleText(found, `${variant.page}-${count}`);
  };

  // The type of the default export is that of the CommonJS module, but the export is the function.
  const { Ajv2020 } = testing("ajv/dist/2020.js");
  const ajv = new Ajv2020({ strict: false, logger: false, validateFormats: false });
  ajv.addSchema({
    ...(toJsonSchema({ components: document.components ?? {} }) as Json),
    $id: "https://document.test/",
  });
  return {
    resolve,
    sample: (schema, variant) => sample(schema, variant),
    problem: (value, schema) => {
      try {
        const validate = ajv.compile(toJsonSchema(schema) as Json);
        return validate(value) ? undefined : ajv.errorsText(validate.errors);
      } catch (error) {
        return (error as Error).message;
      }
    },
  };
}

function sampleText(schema: Json, unique: string): string {
  const digits = unique.replace(/\D/g, "").padStart(12, "0");
  switch (schema.format) {
    case "uri":
    case "url":
      return `/next?sample=${unique}`;
    case "date":
      return "2026-01-02";
    case "date-time":
      return "2026-01-02T03:04:05Z";
    case "uuid":
      return `00000000-0000-4000-8000-${digits.slice(-12)}`;
    case "email":
      return `a${unique}@example.com`;
  }
  // Ids of digits, letters or with a prefix are by far the most common patterns.
  const pattern = patternOf(schema);
  const [least, most] = [Number(schema.minLength ?? 0), Number(schema.maxLength ?? 100)];
  const texts = [`s-${unique}`, `1${digits}`, digits, digits.slice(-6), `a${digits}`].map((text) =>
    text.padEnd(least, "0").slice(0, most),
  );
  return texts.find((text) => pattern === undefined || pattern.test(text)) ?? texts[0]!;
}

/** The pattern of a text; undefined where JavaScript cannot read it. */
function patternOf({ pattern }: Json): RegExp | undefined {
  try {
    return typeof pattern === "string" ? new RegExp(pattern) : undefined;
  } catch {
    return undefined;
  }
}

/** A schema of OpenAPI as JSON Schema, whose references lead into the document. */
function toJsonSchema(value: unknown, isName = false): unknown {
  if (Array.isArray(value)) return value.map((one) => toJsonSchema(one));
  if (!isObject(value)) return value;
  const converted: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(value)) {
    if (isName) converted[key] = toJsonSchema(inner);
    else if (key === "$ref" && typeof inner === "string")
      converted.$ref = inner.replace("#", "https://document.test/#");
    else if (
      ["example", "examples", "discriminator", "default", "nullable", "xml", "externalDocs", "$id", "$anchor"].includes(
        key,
      )
    )
      continue;
    else if (key === "enum" || key === "const" || key === "required") converted[key] = inner;
    else
      converted[key] = toJsonSchema(
        inner,
        ["properties", "patternProperties", "$defs", "schemas", "responses", "parameters"].includes(key),
      );
  }
  if (!isName && typeof converted.exclusiveMinimum === "boolean") delete converted.exclusiveMinimum;
  if (!isName && typeof converted.exclusiveMaximum === "boolean") delete converted.exclusiveMaximum;
  // OpenAPI lets `required` be a boolean of a parameter.
  if (!isName && typeof converted.required === "boolean") delete converted.required;
  return !isName && value.nullable === true ? { anyOf: [converted, { type: "null" }] } : converted;
}
