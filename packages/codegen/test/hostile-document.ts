import { formatPointer } from "../src/document/json-pointer.js";

/** Makes one text of a document; each has another `label`. */
export type MakeText = (label: string) => string;

/** A document with every construct that becomes output, in which `text` makes every text that is not a keyword. */
export function hostileDocument(text: MakeText): Record<string, unknown> {
  const pointer = (...parts: string[]) => formatPointer(parts.map((part) => part.replaceAll("%", "%25")));
  const schemaName = text("schema");
  const otherName = text("other");
  const propertyName = text("property");
  const mediaType = text("media/type");
  const itemsName = "data";
  const annotations = (label: string) => ({
    title: text(`${label} title`),
    description: text(`${label} description`),
    format: text(`${label} format`),
    default: text(`${label} default`),
    example: { [text(`${label} example key`)]: text(`${label} example`) },
    examples: [text(`${label} examples`)],
    deprecated: true,
  });
  const schemas = {
    [schemaName]: {
      ...annotations("schema"),
      type: "object",
      required: [propertyName, text("absent")],
      properties: {
        [propertyName]: {
          ...annotations("property"),
          type: "object",
          properties: { [text("deep")]: { properties: { [text("deeper")]: {} } } },
        },
        [text("enum")]: { type: "string", enum: [text("value"), text("other value")] },
        [text("const")]: { const: { [text("const key")]: text("const value") } },
        [text("map")]: {
          type: "object",
          additionalProperties: { $ref: pointer("components", "schemas", otherName) },
          patternProperties: { [text("pattern")]: {} },
        },
        [text("required of a reference")]: {
          allOf: [{ $ref: pointer("components", "schemas", otherName) }],
          required: [text("kind")],
        },
        [text("into the document")]: { $ref: pointer("components", "schemas", schemaName, "properties", propertyName) },
      },
    },
    [otherName]: {
      type: "object",
      nullable: true,
      properties: { [text("kind")]: { type: "string" } },
      discriminator: {
        propertyName: text("kind"),
        mapping: {
          [text("mapped")]: pointer("components", "schemas", schemaName),
          [text("unmapped")]: text("nowhere"),
        },
      },
      oneOf: [{ $ref: pointer("components", "schemas", schemaName) }, { type: "string" }],
    },
  };
  const list = {
    type: "object",
    properties: { [itemsName]: { type: "array", items: { $ref: pointer("components", "schemas", schemaName) } } },
  };
  const parameter = (label: string, location: string) => ({
    name: text(label),
    in: location,
    ...annotations(label),
    schema: { type: "array", items: { enum: [text(`${label} value`)] } },
    explode: false,
  });
  const responses = {
    200: {
      description: text("ok"),
      headers: { [text("header")]: { ...annotations("header"), schema: { type: "string" } } },
      content: {
        "application/json": { schema: list, example: text("response example") },
        [mediaType]: { schema: { type: "string" } },
      },
    },
    default: { $ref: pointer("components", "responses", text("response")) },
    [text("status")]: { description: text("other") },
  };
  const operation = (label: string) => ({
    operationId: text(`${label} id`),
    summary: text(`${label} summary`),
    description: text(`${label} text`),
    deprecated: true,
    tags: [text("tag")],
    "x-connectry-bucket": text("bucket"),
    [`x-${text("extension")}`]: text("extension value"),
    responses,
  });
  const placeholder = text("placeholder").replace(/[{}]/g, "");
  return {
    openapi: "3.0.3",
    info: { title: text("title"), version: text("version") },
    servers: [{ url: text("server"), description: text("server text") }],
    paths: {
      [`/${text("path")}`]: {
        parameters: [parameter("query", "query"), parameter("shared header", "header")],
        get: { ...operation("get"), parameters: [{ name: "after", in: "query" }] },
        post: {
          ...operation("post"),
          requestBody: {
            description: text("body"),
            content: {
              [mediaType]: { schema: { $ref: pointer("components", "schemas", schemaName) } },
              "multipart/form-data": {
                schema: { type: "object", properties: { [text("file")]: { type: "string", format: "binary" } } },
              },
            },
          },
        },
      },
      [`/${text("other path")}/{${placeholder}}`]: {
        delete: {
          ...operation("delete"),
          parameters: [{ name: placeholder, in: "path", "x-multi-segment": true, schema: { type: "string" } }],
        },
      },
    },
    webhooks: { [text("webhook")]: { post: operation("webhook") } },
    components: {
      schemas,
      responses: {
        [text("response")]: { description: text("bad"), content: { "application/json": { schema: list } } },
      },
    },
    [text("root")]: text("root value"),
  };
}
