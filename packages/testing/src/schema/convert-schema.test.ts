import { expect, test } from "vitest";
import { createSchemaConverter } from "./convert-schema.js";

test.each([
  { given: { type: "string", nullable: true }, want: { type: ["string", "null"] } },
  { given: { type: "string", nullable: true, enum: ["a"] }, want: { type: ["string", "null"], enum: ["a", null] } },
  {
    given: { nullable: true, anyOf: [{ type: "string" }] },
    want: { anyOf: [{ anyOf: [{ type: "string" }] }, { type: "null" }] },
  },
  { given: { $ref: "#/x", nullable: true }, want: { anyOf: [{ $ref: "#/x" }, { type: "null" }] } },
  { given: { $ref: "#/x", description: "y", maxLength: 2 }, want: { $ref: "#/x" } },
  { given: { minimum: 1, exclusiveMinimum: true }, want: { exclusiveMinimum: 1 } },
  { given: { maximum: 1, exclusiveMaximum: false }, want: { maximum: 1 } },
  { given: { type: "file", example: 1, "x-y": 2, xml: {} }, want: {} },
  { given: { type: "string", pattern: "^(?i)a\\-b$" }, want: { type: "string" } },
  {
    given: { properties: { type: { type: "string" }, nullable: { type: "boolean" } } },
    want: { properties: { type: { type: "string" }, nullable: { type: "boolean" } } },
  },
  { given: { type: "string", enum: [] }, want: { type: "string" } },
  { given: { required: true }, want: {} },
  { given: true, want: true },
])("OpenAPI 3.0 schema $given is converted to $want", ({ given, want }) => {
  expect(createSchemaConverter("3.0.1", "response")(given)).toEqual(want);
});

test("members next to a reference, numeric bounds and lists of types of OpenAPI 3.1 are kept", () => {
  const given = { $ref: "#/x", maxLength: 2, type: ["string", "null"], exclusiveMinimum: 3 };
  expect(createSchemaConverter("3.1.0", "response")(given)).toEqual(given);
});

test("a required readOnly member is optional in a request, a writeOnly member in a response", () => {
  const given = {
    type: "object",
    required: ["id", "password", "name"],
    properties: { id: { readOnly: true }, password: { writeOnly: true }, name: {} },
  };
  expect(createSchemaConverter("3.0.0", "request")(given)).toMatchObject({ required: ["password", "name"] });
  expect(createSchemaConverter("3.0.0", "response")(given)).toMatchObject({ required: ["id", "name"] });
});

test("a schema is converted once, so that caches by its identity work", () => {
  const convert = createSchemaConverter("3.0.0", "response");
  const given = { type: "string" };
  expect(convert(given)).toBe(convert(given));
});

test("descriptions are kept only for those who read the schema", () => {
  const given = { type: "string", description: "An id." };
  expect(createSchemaConverter("3.0.0", "response")(given)).toEqual({ type: "string" });
  expect(createSchemaConverter("3.0.0", "response", { described: true })(given)).toEqual(given);
});
