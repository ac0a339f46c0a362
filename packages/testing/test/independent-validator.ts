import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { isObject, type JsonObject } from "../src/json/json-object.js";

const annotations = new Set([
  "nullable",
  "description",
  "example",
  "discriminator",
  "title",
  "xml",
  "externalDocs",
  "deprecated",
]);

/** A simple conversion of OpenAPI 3.0 schemas, independent of that of the package, so that both have no common mistakes. */
function toJsonSchema(raw: unknown): unknown {
  if (Array.isArray(raw)) return raw.map(toJsonSchema);
  if (!isObject(raw)) return raw;
  if (typeof raw.$ref === "string") return { $ref: raw.$ref.replace("#", "https://document.test/#") };
  const schema: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(raw)) {
    if (annotations.has(key) || key.startsWith("x-")) continue;
    if (key === "enum" || key === "required") schema[key] = value;
    else if (key !== "properties") schema[key] = toJsonSchema(value);
    else
      schema.properties = Object.fromEntries(
        Object.entries(value as JsonObject).map(([name, schema]) => [name, toJsonSchema(schema)]),
      );
  }
  if (raw.exclusiveMinimum === true) {
    schema.exclusiveMinimum = raw.minimum;
    delete schema.minimum;
  }
  return raw.nullable === true ? { anyOf: [schema, { type: "null" }] } : schema;
}

/** Creates a function that validates values against schemas of a document with ajv. It returns the errors, or undefined. */
export function independentValidator(document: JsonObject): (value: unknown, schema: unknown) => string | undefined {
  const ajv = new Ajv2020({ strict: false, inlineRefs: false, logger: false });
  // The type of the default export is that of the CommonJS module, but the export is the function.
  (formats as unknown as (ajv: Ajv2020) => void)(ajv);
  ajv.addSchema({ $id: "https://document.test/", components: toJsonSchema(document.components) as object });
  const compiled = new Map<unknown, ReturnType<typeof ajv.compile>>();
  return (value, schema) => {
    const validate = compiled.get(schema) ?? ajv.compile(toJsonSchema(schema) as object);
    compiled.set(schema, validate);
    return validate(value) ? undefined : ajv.errorsText(validate.errors);
  };
}
