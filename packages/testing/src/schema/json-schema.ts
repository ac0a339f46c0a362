/** A JSON Schema (2020-12), with the keywords that OpenAPI documents use. */
export interface SchemaObject {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly multipleOf?: number;
  readonly items?: JsonSchema;
  readonly prefixItems?: readonly JsonSchema[];
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: JsonSchema;
  readonly minProperties?: number;
  readonly allOf?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly not?: JsonSchema;
  readonly readOnly?: boolean;
  readonly writeOnly?: boolean;
  /** The text of the document, where schemas are converted with it. */
  readonly description?: string;
}

/** A schema; `true` accepts every value and `false` accepts no value. */
export type JsonSchema = SchemaObject | boolean;

/** The types that a schema allows; an empty list where it does not restrict them. */
export function typesOf(schema: SchemaObject): readonly string[] {
  if (schema.type === undefined) return [];
  return typeof schema.type === "string" ? [schema.type] : schema.type;
}

/** The key by which a schema is cached: all references to one component have the same key. */
export function schemaKey(schema: JsonSchema): unknown {
  return typeof schema === "object" && schema.$ref !== undefined && Object.keys(schema).length === 1
    ? schema.$ref
    : schema;
}
