import { expect, test } from "vitest";
import { loadedDocument, readNamed } from "../../../test/sample-input.js";
import { findTypeErrors } from "../check/find-type-errors.js";
import { cleanDocument } from "./clean-document.js";
import { writeSchemaTypes } from "./schema-types.js";

function typesOf(json: Record<string, unknown>): string {
  const document = loadedDocument({ paths: {}, ...json });
  return writeSchemaTypes(cleanDocument(document, readNamed([document])));
}
/** The type of one component schema, on one line. */
function typeOf(schema: unknown): string {
  const types = typesOf({ components: { schemas: { It: schema } } });
  return (/^export type It = ([\s\S]*?);\n(?=[a-z]|$)/m.exec(types)?.[1] ?? types).replace(/\s+/g, " ");
}

test.each([
  ["an empty schema is unknown", {}, "unknown"],
  ["an object without properties is open", { type: "object" }, "Record<string, unknown>"],
  ["an open object stays open", { type: "object", additionalProperties: {} }, "{ [key: string]: unknown; }"],
  [
    "a closed object stays closed",
    { type: "object", properties: { a: {} }, additionalProperties: false },
    "{ a?: unknown; }",
  ],
  [
    "a default does not make a property required",
    { type: "object", properties: { a: { type: "string", default: "x" } } },
    "{ /** @default x */ a?: string; }",
  ],
  ["items without a type make an array", { items: { type: "string" } }, "string[]"],
  ["nullable adds null", { type: "string", nullable: true }, "string | null"],
  ["a list of types is a union", { type: ["string", "null"] }, "string | null"],
  ["a type that does not exist is ignored", { type: "any" }, "unknown"],
  ["Swagger's file is text", { type: "file" }, "string"],
  ["a schema of true is unknown", true, "unknown"],
  [
    "a `required` that is not a list is ignored",
    { type: "object", required: true, properties: { a: {} } },
    "{ a?: unknown; }",
  ],
  ["an object with an enum is an object", { type: "object", enum: ["a"] }, "Record<string, unknown>"],
  [
    "an object or null with an enum is an object or null",
    { type: ["object", "null"], properties: { a: {} }, enum: ["a"] },
    "{ a?: unknown; } | null",
  ],
  ["an infinity in an enum is dropped", { type: "number", enum: [Number.POSITIVE_INFINITY, 1] }, "1"],
  ["an empty enum is ignored", { type: "string", enum: [] }, "string"],
  [
    "prefixItems are a tuple",
    { type: "array", prefixItems: [{ type: "string" }, { type: "number" }] },
    "[ string, number ]",
  ],
  [
    "properties that are not schemas are unknown",
    { type: "object", properties: { a: "text", b: ["x"] } },
    "{ a?: unknown; b?: unknown; }",
  ],
  ["a title that is not a string is ignored", { title: 7, description: ["x"], type: "string" }, "string"],
  ["members of allOf that are not schemas are ignored", { allOf: [true, null, { type: "string" }] }, "string"],
  [
    "a property called $ref is a property",
    { type: "object", properties: { $ref: { type: "string" } } },
    "{ $ref?: string; }",
  ],
  [
    "names of Object.prototype are properties",
    { type: "object", properties: { constructor: {}, toString: {} } },
    "{ constructor?: unknown; toString?: unknown; }",
  ],
])("%s", (_title, schema, want) => {
  expect(typeOf(schema)).toBe(want);
});

test("__proto__ is a property like any other", () => {
  expect(typeOf(JSON.parse('{ "type": "object", "properties": { "__proto__": { "type": "string" } } }'))).toBe(
    "{ __proto__?: string; }",
  );
});

test.each(["vat%", "100%25", "a#/b", "#/%zz", "%", "\uFDD0", "back\\slash%", '"%"'])(
  "the property %j keeps its name",
  (name) => {
    const schema = {
      type: "object",
      required: [name],
      properties: { [name]: { type: "object", properties: { deep: { type: "object", properties: { [name]: {} } } } } },
    };
    const types = typesOf({ components: { schemas: { It: schema } } });
    const key = JSON.stringify(name === "\uFDD0" ? "%" : name);
    expect(types.split(key)).toHaveLength(3);
  },
);

test("the target of a reference to any part of the document becomes a component", () => {
  const schema = {
    type: "object",
    properties: { self: { $ref: "#/paths/~1a/get/responses/200/content/application~1json/schema" } },
  };
  const paths = {
    "/a": { get: { operationId: "a", responses: { 200: { content: { "application/json": { schema } } } } } },
  };
  const types = typesOf({ paths });
  expect(types).toContain("self?: paths__a_get_responses_200_content_application_json_schema");
  expect(findTypeErrors(new Map([["schema.ts", types]]))).toEqual([]);
});

test("a component whose name OpenAPI does not allow gets a valid, unique name", () => {
  const schemas = {
    "Foo<Bar>": { type: "string" },
    Foo_Bar_: { type: "number" },
    It: {
      type: "object",
      properties: { a: { $ref: "#/components/schemas/Foo%3CBar%3E" }, b: { $ref: "#/components/schemas/Foo_Bar_" } },
    },
  };
  const types = typesOf({ components: { schemas } });
  expect(types).toContain("export type Foo_Bar_ = number;");
  expect(types).toContain("export type Foo_Bar__2 = string;");
  expect(types).toContain("a?: Foo_Bar__2;");
});

test("a parameter with `content` has the type of its schema", () => {
  const parameters = [
    {
      name: "filter",
      in: "query",
      content: { "application/json": { schema: { type: "object", properties: { a: { type: "number" } } } } },
    },
  ];
  expect(typesOf({ paths: { "/a": { get: { operationId: "a", parameters } } } })).toMatch(
    /filter\?: \{\s+a\?: number;/,
  );
});

test("a file field of a multipart body takes a Blob or bytes, and the same schema is a string elsewhere", () => {
  const schemas = {
    Upload: { allOf: [{ $ref: "#/components/schemas/Base" }] },
    Base: {
      type: "object",
      properties: {
        file: { type: "string", format: "binary" },
        more: { type: "array", items: { type: "string", contentMediaType: "image/png" } },
        note: { type: "string" },
      },
    },
  };
  const body = { content: { "multipart/form-data": { schema: { $ref: "#/components/schemas/Upload" } } } };
  const types = typesOf({
    paths: { "/a": { post: { operationId: "a", requestBody: body } } },
    components: { schemas },
  });
  expect(types).toContain('file?: Blob | Uint8Array | string | import("@connectry/core").Reopenable;');
  expect(types).toContain('more?: (Blob | Uint8Array | string | import("@connectry/core").Reopenable)[];');
  expect(types).toContain("note?: string;");
  expect(types).toContain("file?: string;");
});

// As in Plaid's document: allOf of a nullable schema, with required properties beside it.
test("required properties of a nullable schema compile, and null stays allowed", () => {
  const schemas = {
    Error: { type: "object", nullable: true, properties: { code: { type: "string" } } },
    It: {
      type: "object",
      properties: { error: { allOf: [{ $ref: "#/components/schemas/Error" }], required: ["code"] } },
    },
  };
  const program = `import type { components } from "./schema.js";
type E = NonNullable<components["schemas"]["It"]["error"]>;
export const code: E["code"] = "x";
export const none: components["schemas"]["It"] = { error: null };
// @ts-expect-error code is required
export const bad: E = {};
`;
  const files = new Map([
    ["schema.ts", typesOf({ components: { schemas } })],
    ["program.ts", program],
  ]);
  expect(findTypeErrors(files)).toEqual([]);
});

test("a schema that is nested without end is rejected", () => {
  const deep: Record<string, unknown> = {};
  deep.items = deep;
  expect(() => typeOf(deep)).toThrow(/nested more than 200 levels deep/);
});

test("webhooks keep their bodies, and their ids do not collide with those of operations", () => {
  const operation = {
    operationId: "same",
    requestBody: { content: { "application/json": { schema: { type: "string" } } } },
  };
  const types = typesOf({ paths: { "/a": { post: operation } }, webhooks: { created: { post: operation } } });
  expect(types).toMatch(/export interface webhooks \{\s+created: \{/);
  expect(findTypeErrors(new Map([["schema.ts", types]]))).toEqual([]);
});
