import { describe, expect, test } from "vitest";
import { diffOf, type PetsDocument } from "../../test/diff-pair.js";

const text = { type: "string" };
const object = (properties: object, required: string[] = []) => ({ type: "object", properties, required });
const pet = { $ref: "#/components/schemas/Pet" };
const schemas = { Pet: object({ name: text }) };
const onBothSides = (schema: unknown, more: PetsDocument = {}): PetsDocument => ({
  body: schema,
  response: schema,
  ...more,
});

describe("no change is", () => {
  test.each<[title: string, old: unknown, current: unknown]>([
    ["a nullable reference in 3.0 and 3.1", { allOf: [pet], nullable: true }, { anyOf: [pet, { type: "null" }] }],
    ["null as a type and as an alternative", { type: ["string", "null"] }, { anyOf: [text, { type: "null" }] }],
    ["null in oneOf and nullable", { oneOf: [{ type: "null" }, text] }, { type: "string", nullable: true }],
    ["nullable beside a reference", { $ref: pet.$ref, nullable: true }, { oneOf: [pet, { type: "null" }] }],
    [
      "null as an enum value",
      { type: ["string", "null"], enum: ["a", null] },
      { anyOf: [{ ...text, enum: ["a"] }, { enum: [null] }] },
    ],
    [
      "an exclusive maximum of 3.0 and 3.1",
      { type: "integer", maximum: 9, exclusiveMaximum: true },
      { type: "integer", exclusiveMaximum: 9 },
    ],
    [
      "an exclusive minimum that is off",
      { type: "integer", minimum: 1, exclusiveMinimum: false },
      { type: "integer", minimum: 1 },
    ],
    ["a constant and an enum of one value", { ...text, enum: ["a"] }, { ...text, const: "a" }],
    ["a list of one type", text, { type: ["string"] }],
    ["allOf around a reference", pet, { allOf: [pet] }],
    ["oneOf around a reference", pet, { oneOf: [pet] }],
    ["a description beside a reference", pet, { ...pet, description: "The pet." }],
    ["base64 in 3.0 and 3.1", { ...text, format: "byte" }, { ...text, contentEncoding: "base64" }],
    ["alternatives in another order", { oneOf: [text, { type: "integer" }] }, { oneOf: [{ type: "integer" }, text] }],
    ["anyOf in place of oneOf", { oneOf: [text, { type: "integer" }] }, { anyOf: [text, { type: "integer" }] }],
    [
      "required in a member of its own",
      object({ a: text }, ["a"]),
      { allOf: [object({ a: text }), { required: ["a"] }] },
    ],
  ])("%s", (_, old, current) => {
    expect(diffOf(onBothSides(old, { schemas }), onBothSides(current, { schemas })).changes).toEqual([]);
  });

  test("a security scheme with another name in the document", () => {
    const key = { type: "apiKey", in: "header", name: "X-Key" };
    const old = { securitySchemes: { key }, security: [{ key: [] }] };
    expect(diffOf(old, { securitySchemes: { token: key }, security: [{ token: [] }] }).changes).toEqual([]);
  });
});

/** A pair, and what is reported: side, rule and level of each change. */
type Row = readonly [title: string, old: PetsDocument, current: PetsDocument, expected: readonly string[]];

const readable = (more: object) => ({ body: object({ id: { ...text, ...more } }, ["id"]) });
const written = (more: object) => ({ response: object({ id: { ...text, ...more } }) });
const key = (name: string): PetsDocument => ({
  securitySchemes: { key: { type: "apiKey", in: "header", name } },
  security: [{ key: [] }],
});
const cookie = (required: boolean): PetsDocument => ({
  parameters: [{ name: "session", in: "cookie", required, schema: text }],
});
const hook = (schema: unknown): PetsDocument => ({
  webhooks: { born: { post: { requestBody: { content: { "application/json": { schema } } } } } },
});
const byRead = (path: string, name: string): PetsDocument => ({
  paths: {
    [path]: {
      get: { operationId: "readPet", parameters: [{ name, in: "path", required: true, schema: text }], responses: {} },
    },
  },
});
const kinds = (value: string) => ({
  Cat: object({ kind: { const: value } }, ["kind"]),
  Dog: object({ kind: { const: "dog" } }),
});
const union = { oneOf: [{ $ref: "#/components/schemas/Cat" }, { $ref: "#/components/schemas/Dog" }] };

test.each<Row>([
  [
    "the payload of a webhook that lost a member",
    hook(object({ a: text })),
    hook(object({})),
    ["response property-removed breaking"],
  ],
  ["the name of the header of a credential", key("X-Key"), key("X-Api-Key"), ["operation security-narrowed breaking"]],
  ["a cookie that is now required", cookie(false), cookie(true), ["request parameter-became-required breaking"]],
  [
    "a media type of JSON with another name",
    { operation: { requestBody: { content: { "application/json": {} } } } },
    { operation: { requestBody: { content: { "application/vnd.pets+json": {} } } } },
    ["request body-form-changed invisible"],
  ],
  [
    "the value of a discriminator",
    { response: union, schemas: kinds("cat") },
    { response: union, schemas: kinds("feline") },
    ["response value-changed breaking"],
  ],
  [
    "readOnly that was lifted from a required member",
    readable({ readOnly: true }),
    readable({}),
    ["request required-property-added breaking"],
  ],
  [
    "writeOnly that was added to a member",
    written({}),
    written({ writeOnly: true }),
    ["response property-removed breaking"],
  ],
  [
    "anyOf that requires one of two names",
    { body: object({ a: text, b: text }) },
    { body: { ...object({ a: text, b: text }), anyOf: [{ required: ["a"] }, { required: ["b"] }] } },
    ["request alternatives-introduced breaking"],
  ],
  [
    "required beside a reference of 3.1",
    { body: pet, schemas },
    { body: { ...pet, required: ["name"] }, schemas },
    ["request property-became-required breaking"],
  ],
  [
    "dependentRequired",
    { body: object({ a: text, b: text }) },
    { body: { ...object({ a: text, b: text }), dependentRequired: { a: ["b"] } } },
    ["request dependency-added breaking"],
  ],
  [
    "uniqueItems",
    { body: { type: "array", items: text } },
    { body: { type: "array", items: text, uniqueItems: true } },
    ["request constraint-tightened breaking"],
  ],
  [
    "an element of a tuple",
    { response: { type: "array", prefixItems: [text, text] } },
    { response: { type: "array", prefixItems: [text, { type: "integer" }] } },
    ["response type-changed breaking"],
  ],
  [
    "the schema of a pattern of names",
    { response: { type: "object", patternProperties: { "^x-": text } } },
    { response: { type: "object", patternProperties: { "^x-": { type: "integer" } } } },
    ["response type-changed breaking"],
  ],
  [
    "a date that is now a time",
    { body: { ...text, format: "date" } },
    { body: { ...text, format: "date-time" } },
    ["request format-changed breaking"],
  ],
  [
    "a component with another name",
    { response: pet, schemas },
    { response: { $ref: "#/components/schemas/Animal" }, schemas: { Animal: schemas.Pet } },
    ["operation schema-renamed breaking"],
  ],
  [
    "a path parameter with another name",
    byRead("/pets/{id}", "id"),
    byRead("/pets/{pet_id}", "pet_id"),
    ["request path-parameter-renamed breaking"],
  ],
  [
    "oneOf of what was there and more, in a request",
    { body: pet, schemas },
    { body: { oneOf: [pet, text] }, schemas },
    ["request alternative-added additive"],
  ],
  [
    "oneOf of what was there and more, in a response",
    { response: pet, schemas },
    { response: { oneOf: [pet, text] }, schemas },
    ["response alternative-added breaking"],
  ],
  [
    "oneOf that became one of its members",
    { body: { oneOf: [pet, text] }, schemas },
    { body: pet, schemas },
    ["request alternative-removed breaking"],
  ],
  [
    "a type in place of any",
    { response: { type: "array" } },
    { response: { type: "array", items: text } },
    ["response type-narrowed additive"],
  ],
  [
    "a number in place of an integer or text",
    { response: { type: ["integer", "string"] } },
    { response: { type: ["number", "string"] } },
    ["response integer-became-number invisible"],
  ],
  [
    "a reference that may be null",
    { response: object({ p: pet }), schemas },
    { response: object({ p: { anyOf: [pet, { type: "null" }] } }), schemas },
    ["response became-nullable breaking"],
  ],
  [
    "an object that rejects other names",
    { body: object({}) },
    { body: { ...object({}), additionalProperties: false } },
    ["request object-closed breaking"],
  ],
  [
    "a multiple",
    { body: { type: "integer", multipleOf: 4 } },
    { body: { type: "integer", multipleOf: 2 } },
    ["request constraint-loosened additive"],
  ],
  [
    "an address with the same operationId",
    byRead("/pets/{id}", "id"),
    byRead("/v2/pets/{id}", "id"),
    ["operation operation-moved breaking"],
  ],
])("the diff reports %s once", (...[, old, current, expected]) => {
  const found = diffOf(old, current).changes.map(({ side, rule, level }) => `${side} ${rule} ${level}`);
  expect(found).toEqual(expected);
});

test("a schema that a webhook and an operation share names both", () => {
  const { changes } = diffOf(
    { ...hook(pet), response: pet, schemas },
    { ...hook(pet), response: pet, schemas: { Pet: object({}) } },
  );
  expect(changes).toMatchObject([{ owner: "schema Pet", operations: ["POST /pets", "webhook born"] }]);
});
