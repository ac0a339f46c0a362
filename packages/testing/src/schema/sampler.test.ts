import { expect, test } from "vitest";
import { independentValidator } from "../../test/independent-validator.js";
import { createDocumentSchemas } from "./document-schemas.js";
import { createSampler } from "./sampler.js";

const components = {
  schemas: {
    Node: {
      type: "object",
      required: ["id", "next"],
      properties: {
        id: { type: "string" },
        next: { anyOf: [{ $ref: "#/components/schemas/Node" }, { type: "string" }] },
      },
    },
    Tree: {
      type: "object",
      required: ["children", "parent"],
      properties: {
        children: { type: "array", items: { $ref: "#/components/schemas/Tree" } },
        parent: { nullable: true, allOf: [{ $ref: "#/components/schemas/Tree" }] },
      },
    },
    Endless: { type: "object", required: ["self"], properties: { self: { $ref: "#/components/schemas/Endless" } } },
    Named: { type: "object", required: ["name"], properties: { name: { type: "string", minLength: 1 } } },
    Kind: {
      oneOf: [
        { type: "integer", enum: [1] },
        { type: "integer", enum: [2] },
      ],
    },
  },
};
const document = { openapi: "3.0.3", paths: {}, components };
const validate = independentValidator(document);
const view = createDocumentSchemas(document).response;
const sampler = () => createSampler(view);
const sampleOf = (schema: object, number = 1) => sampler()(view.convert(schema), number);

test.each([
  [
    "formats",
    {
      type: "object",
      required: ["a", "b", "c", "d", "e", "f", "g"],
      properties: {
        a: { type: "string", format: "date-time" },
        b: { type: "string", format: "email" },
        c: { type: "string", format: "uuid" },
        d: { type: "string", format: "uri" },
        e: { type: "string", format: "date" },
        f: { type: "string", format: "ipv6" },
        g: { type: "string", format: "hostname" },
      },
    },
  ],
  [
    "lengths",
    { type: "array", minItems: 3, uniqueItems: true, items: { type: "string", minLength: 40, maxLength: 45 } },
  ],
  ["a short string", { type: "string", maxLength: 2 }],
  [
    "bounds",
    {
      type: "object",
      required: ["a", "b"],
      properties: {
        a: { type: "integer", minimum: 7, maximum: 9 },
        b: { type: "number", minimum: 0, exclusiveMinimum: true, maximum: 0.5, multipleOf: 0.25 },
      },
    },
  ],
  ["a pattern", { type: "string", pattern: "^/v1/(customers|accounts)/[a-z]{2,4}\\d+$" }],
  ["an enumeration with null", { type: "string", nullable: true, enum: [null, "a", "b"] }],
  [
    "an allOf whose parts restrict the same member",
    {
      allOf: [
        { $ref: "#/components/schemas/Named" },
        { required: ["extra"], properties: { extra: { type: "boolean" }, name: { maxLength: 3 } } },
      ],
    },
  ],
  ["an enumeration that narrows a oneOf", { enum: [2], allOf: [{ $ref: "#/components/schemas/Kind" }] }],
  [
    "a oneOf of which a value may match several alternatives",
    { oneOf: [{ $ref: "#/components/schemas/Named" }, { type: "object" }] },
  ],
  ["minProperties of a map", { type: "object", minProperties: 2, additionalProperties: { type: "integer" } }],
  ["required members without a schema", { type: "object", required: ["a"], additionalProperties: { type: "boolean" } }],
  ["anything", {}],
])("a sample with %s is valid", (_, schema) => {
  for (let number = 0; number < 50; number += 1) expect(validate(sampleOf(schema, number), schema)).toBeUndefined();
});

test.each(["Node", "Tree"])("a sample of the recursive schema %s is finite and valid", (name) => {
  const schema = { $ref: `#/components/schemas/${name}` };
  const sample = sampleOf(schema);
  expect(validate(sample, schema)).toBeUndefined();
  expect(JSON.stringify(sample).length).toBeLessThan(2_000);
});

test("a schema without a valid value is an error that says what is missing", () => {
  expect(() => sampleOf({ $ref: "#/components/schemas/Endless" })).toThrow(
    /no valid sample of the schema was found: .*self.* is missing/,
  );
});

test("the same number gives the same sample in another sampler, and another number another sample", () => {
  const schema = {
    type: "object",
    required: ["id", "n", "at"],
    properties: { id: { type: "string" }, n: { type: "integer" }, at: { type: "string", format: "date-time" } },
  };
  expect(sampleOf(schema, 5)).toEqual(sampleOf(schema, 5));
  expect(sampleOf(schema, 5)).not.toEqual(sampleOf(schema, 6));
});

test("strings are named after their member, and ids after their component", () => {
  expect(sampleOf({ $ref: "#/components/schemas/Node" }, 4)).toMatchObject({ id: "Node_4" });
  expect(sampleOf({ $ref: "#/components/schemas/Named" }, 4)).toEqual({ name: "name_4" });
});

test("a minimal sample has the required members only", () => {
  const schema = view.convert({
    type: "object",
    required: ["a"],
    properties: { a: { type: "boolean" }, b: { type: "string" } },
  });
  expect(Object.keys(sampler()(schema, 1, "minimal") as object)).toEqual(["a"]);
  expect(Object.keys(sampler()(schema, 1, "full") as object)).toEqual(["a", "b"]);
});

test("R47: a member named __proto__ does not become the sample's prototype", () => {
  const properties = JSON.parse(
    '{"__proto__":{"type":"object","properties":{"x":{"type":"integer"}}},"a":{"type":"boolean"}}',
  );
  const sample = sampleOf({ type: "object", properties }) as object;
  expect(Object.getPrototypeOf(sample)).toBe(Object.prototype);
  expect(Object.keys(sample)).toEqual(["a"]);
});
