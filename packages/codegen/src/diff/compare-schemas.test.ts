import { describe, expect, test } from "vitest";
import { diffOf } from "../../test/diff-pair.js";

/** Two versions of a schema, the rule for the change, and the level in requests and in responses. */
interface Case {
  readonly old: unknown;
  readonly current: unknown;
  readonly rule: string;
  readonly request: string;
  readonly response: string;
}

const object = (properties: object, required: string[] = []) => ({ type: "object", properties, required });
const text = { type: "string" };

const cases: readonly (readonly [title: string, Case])[] = [
  [
    "a removed property",
    {
      old: object({ a: text }),
      current: object({}),
      rule: "property-removed",
      request: "breaking",
      response: "breaking",
    },
  ],
  [
    "a new property",
    {
      old: object({}),
      current: object({ a: text }),
      rule: "optional-property-added",
      request: "additive",
      response: "additive",
    },
  ],
  [
    "a new required property",
    {
      old: object({}),
      current: object({ a: text }, ["a"]),
      rule: "required-property-added",
      request: "breaking",
      response: "additive",
    },
  ],
  [
    "a property that became required",
    {
      old: object({ a: text }),
      current: object({ a: text }, ["a"]),
      rule: "property-became-required",
      request: "breaking",
      response: "additive",
    },
  ],
  [
    "a property that became optional",
    {
      old: object({ a: text }, ["a"]),
      current: object({ a: text }),
      rule: "property-became-optional",
      request: "additive",
      response: "breaking",
    },
  ],
  [
    "another type",
    { old: text, current: { type: "boolean" }, rule: "type-changed", request: "breaking", response: "breaking" },
  ],
  [
    "one type more",
    {
      old: text,
      current: { type: ["string", "integer"] },
      rule: "type-widened",
      request: "additive",
      response: "breaking",
    },
  ],
  [
    "one type fewer",
    {
      old: { type: ["string", "integer"] },
      current: text,
      rule: "type-narrowed",
      request: "breaking",
      response: "additive",
    },
  ],
  [
    "no type instead of one",
    { old: text, current: {}, rule: "type-widened", request: "additive", response: "breaking" },
  ],
  [
    "null in the notation of OpenAPI 3.0",
    {
      old: text,
      current: { type: "string", nullable: true },
      rule: "became-nullable",
      request: "additive",
      response: "breaking",
    },
  ],
  [
    "null in the notation of OpenAPI 3.1",
    {
      old: text,
      current: { type: ["string", "null"] },
      rule: "became-nullable",
      request: "additive",
      response: "breaking",
    },
  ],
  [
    "a type that lost null",
    {
      old: { type: ["string", "null"] },
      current: text,
      rule: "became-not-nullable",
      request: "breaking",
      response: "additive",
    },
  ],
  [
    "an integer instead of a number",
    {
      old: { type: "number" },
      current: { type: "integer" },
      rule: "number-became-integer",
      request: "breaking",
      response: "invisible",
    },
  ],
  [
    "a number instead of an integer",
    {
      old: { type: "integer" },
      current: { type: "number" },
      rule: "integer-became-number",
      request: "additive",
      response: "invisible",
    },
  ],
  [
    "another format",
    {
      old: text,
      current: { type: "string", format: "email" },
      rule: "format-changed",
      request: "invisible",
      response: "invisible",
    },
  ],
  [
    "a file instead of a string",
    {
      old: text,
      current: { type: "string", format: "binary" },
      rule: "binary-changed",
      request: "breaking",
      response: "breaking",
    },
  ],
  [
    "a removed enum value",
    {
      old: { type: "string", enum: ["a", "b"] },
      current: { type: "string", enum: ["a"] },
      rule: "enum-value-removed",
      request: "breaking",
      response: "breaking",
    },
  ],
  [
    "a new enum value",
    {
      old: { type: "string", enum: ["a"] },
      current: { type: "string", enum: ["a", "b"] },
      rule: "enum-value-added",
      request: "additive",
      response: "additive",
    },
  ],
  [
    "an enum instead of any string",
    {
      old: text,
      current: { type: "string", enum: ["a"] },
      rule: "enum-introduced",
      request: "breaking",
      response: "additive",
    },
  ],
  [
    "any string instead of an enum",
    {
      old: { type: "string", enum: ["a"] },
      current: text,
      rule: "enum-lifted",
      request: "additive",
      response: "breaking",
    },
  ],
  [
    "a lower maximum",
    {
      old: { type: "integer", maximum: 9 },
      current: { type: "integer", maximum: 5 },
      rule: "constraint-tightened",
      request: "breaking",
      response: "invisible",
    },
  ],
  [
    "a higher maximum",
    {
      old: { type: "integer", maximum: 5 },
      current: { type: "integer", maximum: 9 },
      rule: "constraint-loosened",
      request: "additive",
      response: "invisible",
    },
  ],
  [
    "a new minimum length",
    {
      old: text,
      current: { type: "string", minLength: 1 },
      rule: "constraint-tightened",
      request: "breaking",
      response: "invisible",
    },
  ],
  [
    "a new pattern",
    {
      old: text,
      current: { type: "string", pattern: "^a" },
      rule: "pattern-changed",
      request: "breaking",
      response: "invisible",
    },
  ],
  [
    "another default",
    {
      old: { type: "integer", default: 1 },
      current: { type: "integer", default: 2 },
      rule: "default-changed",
      request: "breaking",
      response: "invisible",
    },
  ],
  [
    "a removed alternative",
    {
      old: { oneOf: [text, { type: "object" }] },
      current: { oneOf: [text] },
      rule: "alternative-removed",
      request: "breaking",
      response: "additive",
    },
  ],
  [
    "a new alternative",
    {
      old: { oneOf: [text] },
      current: { oneOf: [text, { type: "object" }] },
      rule: "alternative-added",
      request: "additive",
      response: "breaking",
    },
  ],
  [
    "an object that no longer allows additional properties",
    {
      old: { type: "object", additionalProperties: text },
      current: { type: "object" },
      rule: "map-closed",
      request: "breaking",
      response: "breaking",
    },
  ],
  [
    "an object that now allows additional properties",
    {
      old: { type: "object" },
      current: { type: "object", additionalProperties: true },
      rule: "map-opened",
      request: "additive",
      response: "additive",
    },
  ],
  [
    "a new deprecation",
    {
      old: text,
      current: { type: "string", deprecated: true },
      rule: "schema-deprecated",
      request: "additive",
      response: "additive",
    },
  ],
  [
    "another description",
    {
      old: text,
      current: { type: "string", description: "A name." },
      rule: "schema-text-changed",
      request: "invisible",
      response: "invisible",
    },
  ],
];

describe.each(cases)("%s", (_, { old, current, rule, request, response }) => {
  test(`is ${request} in a request`, () => {
    expect(diffOf({ body: old }, { body: current }).changes).toMatchObject([{ rule, level: request, side: "request" }]);
  });

  test(`is ${response} in a response`, () => {
    expect(diffOf({ response: old }, { response: current }).changes).toMatchObject([
      { rule, level: response, side: "response" },
    ]);
  });
});

test("the same schema in another order or notation has no changes", () => {
  const old = { type: ["string", "null"], enum: ["a", "b", null] };
  const current = { nullable: true, enum: ["b", "a"], type: "string" };
  expect(diffOf({ body: old, response: old }, { body: current, response: current }).changes).toEqual([]);
});

test("a change of a nested schema names its location", () => {
  const nested = (inner: unknown) => object({ rows: { type: "array", items: object({ cell: inner }) } });
  const { changes } = diffOf({ response: nested(text) }, { response: nested({ type: "integer" }) });
  expect(changes).toMatchObject([{ owner: "POST /pets", location: "response 200.rows[].cell", rule: "type-changed" }]);
});

test("a change of a shared schema is reported once for each side, with every operation that uses it", () => {
  const schemas = (inner: object) => ({
    Pet: object({ owner: { $ref: "#/components/schemas/Owner" } }),
    Owner: object(inner),
  });
  const pet = { $ref: "#/components/schemas/Pet" };
  const get = {
    get: {
      operationId: "getPet",
      responses: { 200: { description: "", content: { "application/json": { schema: pet } } } },
    },
  };
  const shared = { body: pet, response: pet, paths: { "/pets/{id}": get } };
  const { changes } = diffOf({ ...shared, schemas: schemas({ name: text }) }, { ...shared, schemas: schemas({}) });
  expect(changes).toMatchObject([
    { owner: "schema Owner", location: "name", side: "request", operations: ["POST /pets"] },
    { owner: "schema Owner", location: "name", side: "response", operations: ["GET /pets/{id}", "POST /pets"] },
  ]);
});

test("a schema that refers to itself is compared once", () => {
  const tree = (name: unknown) => ({
    Tree: object({ name, children: { type: "array", items: { $ref: "#/components/schemas/Tree" } } }),
  });
  const response = { $ref: "#/components/schemas/Tree" };
  const { changes } = diffOf({ response, schemas: tree(text) }, { response, schemas: tree({ type: "integer" }) });
  expect(changes).toMatchObject([{ owner: "schema Tree", rule: "type-changed", operations: ["POST /pets"] }]);
});

test("renamed schemas that refer to themselves, and chains of thousands of schemas, are compared once", () => {
  const node = (name: string) => {
    const next = { $ref: `#/components/schemas/${name}` };
    return {
      [name]: object({ a: next, b: next, c: next, d: next, value: name === "Old" ? text : { type: "integer" } }),
    };
  };
  const renamed = diffOf(
    { response: { $ref: "#/components/schemas/Old" }, schemas: node("Old") },
    { response: { $ref: "#/components/schemas/New" }, schemas: node("New") },
  );
  expect(renamed.changes).toMatchObject([{ owner: "schema New", location: "value", rule: "type-changed" }]);

  const chain = (end: unknown) =>
    Object.fromEntries(
      Array.from({ length: 5_000 }, (_, index) => [
        `S${index}`,
        index === 4_999 ? object({ end }) : object({ next: { $ref: `#/components/schemas/S${index + 1}` } }),
      ]),
    );
  const response = { $ref: "#/components/schemas/S0" };
  const { changes } = diffOf({ response, schemas: chain(text) }, { response, schemas: chain({ type: "integer" }) });
  expect(changes).toMatchObject([{ owner: "schema S4999", operations: ["POST /pets"] }]);
});

test("a schema that became a component or was renamed is compared by its content", () => {
  const inline = object({ a: text });
  const current = { response: { $ref: "#/components/schemas/New" }, schemas: { New: object({ a: text, b: text }) } };
  expect(diffOf({ response: inline }, current).changes).toMatchObject([
    { rule: "optional-property-added", location: "response 200.b" },
  ]);
  const named = { response: { $ref: "#/components/schemas/Old" }, schemas: { Old: inline } };
  expect(diffOf(named, current).changes).toMatchObject([{ rule: "optional-property-added" }]);
});

test("an allOf is compared by what its members require together", () => {
  const composed = { allOf: [object({ a: text }, ["a"]), object({ b: text })] };
  expect(diffOf({ response: composed }, { response: object({ a: text, b: text }, ["a"]) }).changes).toEqual([]);
  expect(diffOf({ response: composed }, { response: object({ a: text }, ["a"]) }).changes).toMatchObject([
    { rule: "property-removed", location: "response 200.b" },
  ]);
});

test("read-only properties of a request and write-only properties of a response are ignored", () => {
  const old = object({ id: { type: "string", readOnly: true }, secret: { type: "string", writeOnly: true } });
  const { changes } = diffOf({ body: old, response: old }, { body: object({}), response: object({}) });
  expect(changes.map(({ side, location }) => [side, location])).toEqual([
    ["request", "body.secret"],
    ["response", "response 200.id"],
  ]);
});

test("properties that are called __proto__ or constructor are compared like others", () => {
  const odd = JSON.parse(
    '{"type":"object","properties":{"__proto__":{"type":"string"},"constructor":{"type":"string"}}}',
  );
  expect(diffOf({ response: odd }, { response: object({}) }).changes).toMatchObject([
    { location: "response 200.__proto__" },
    { location: "response 200.constructor" },
  ]);
});
