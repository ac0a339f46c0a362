import { describe, expect, test } from "vitest";
import { diffOf } from "../testing/diff-pair.js";

/** The rule that a change of a schema falls under, with its level in requests and in responses. */
type Case = readonly [title: string, old: unknown, now: unknown, rule: string, request: string, response: string];

const object = (properties: object, required: string[] = []) => ({ type: "object", properties, required });
const text = { type: "string" };

const cases: readonly Case[] = [
  ["a member that is gone", object({ a: text }), object({}), "property-removed", "breaking", "breaking"],
  ["a new member", object({}), object({ a: text }), "optional-property-added", "additive", "additive"],
  ["a new required member", object({}), object({ a: text }, ["a"]), "required-property-added", "breaking", "additive"],
  [
    "a member that became required",
    object({ a: text }),
    object({ a: text }, ["a"]),
    "property-became-required",
    "breaking",
    "additive",
  ],
  [
    "a member that became optional",
    object({ a: text }, ["a"]),
    object({ a: text }),
    "property-became-optional",
    "additive",
    "breaking",
  ],
  ["another type", text, { type: "boolean" }, "type-changed", "breaking", "breaking"],
  ["one more type", text, { type: ["string", "integer"] }, "type-widened", "additive", "breaking"],
  ["one type fewer", { type: ["string", "integer"] }, text, "type-narrowed", "breaking", "additive"],
  ["no type any more", text, {}, "type-widened", "additive", "breaking"],
  ["null, in the way of 3.0", text, { type: "string", nullable: true }, "became-nullable", "additive", "breaking"],
  ["null, in the way of 3.1", text, { type: ["string", "null"] }, "became-nullable", "additive", "breaking"],
  ["null no more", { type: ["string", "null"] }, text, "became-not-nullable", "breaking", "additive"],
  ["whole numbers alone", { type: "number" }, { type: "integer" }, "number-became-integer", "breaking", "invisible"],
  ["fractions, too", { type: "integer" }, { type: "number" }, "integer-became-number", "additive", "invisible"],
  ["another format", text, { type: "string", format: "email" }, "format-changed", "invisible", "invisible"],
  ["a file", text, { type: "string", format: "binary" }, "binary-changed", "breaking", "breaking"],
  [
    "a value less",
    { type: "string", enum: ["a", "b"] },
    { type: "string", enum: ["a"] },
    "enum-value-removed",
    "breaking",
    "breaking",
  ],
  [
    "a value more",
    { type: "string", enum: ["a"] },
    { type: "string", enum: ["a", "b"] },
    "enum-value-added",
    "additive",
    "additive",
  ],
  ["a few values", text, { type: "string", enum: ["a"] }, "enum-introduced", "breaking", "additive"],
  ["any value", { type: "string", enum: ["a"] }, text, "enum-lifted", "additive", "breaking"],
  [
    "a lower maximum",
    { type: "integer", maximum: 9 },
    { type: "integer", maximum: 5 },
    "constraint-tightened",
    "breaking",
    "invisible",
  ],
  [
    "a higher maximum",
    { type: "integer", maximum: 5 },
    { type: "integer", maximum: 9 },
    "constraint-loosened",
    "additive",
    "invisible",
  ],
  ["a new minimum length", text, { type: "string", minLength: 1 }, "constraint-tightened", "breaking", "invisible"],
  ["a pattern", text, { type: "string", pattern: "^a" }, "pattern-changed", "breaking", "invisible"],
  [
    "another default",
    { type: "integer", default: 1 },
    { type: "integer", default: 2 },
    "default-changed",
    "breaking",
    "invisible",
  ],
  [
    "an alternative less",
    { oneOf: [text, { type: "object" }] },
    { oneOf: [text] },
    "alternative-removed",
    "breaking",
    "additive",
  ],
  [
    "an alternative more",
    { oneOf: [text] },
    { oneOf: [text, { type: "object" }] },
    "alternative-added",
    "additive",
    "breaking",
  ],
  [
    "other members no more",
    { type: "object", additionalProperties: text },
    { type: "object" },
    "map-closed",
    "breaking",
    "breaking",
  ],
  [
    "other members, too",
    { type: "object" },
    { type: "object", additionalProperties: true },
    "map-opened",
    "additive",
    "additive",
  ],
  ["a deprecation", text, { type: "string", deprecated: true }, "schema-deprecated", "additive", "additive"],
  ["other words", text, { type: "string", description: "A name." }, "schema-text-changed", "invisible", "invisible"],
];

describe.each(cases)("%s", (_, old, now, rule, request, response) => {
  test(`is ${request} in a request`, () => {
    expect(diffOf({ body: old }, { body: now }).changes).toMatchObject([{ rule, level: request, side: "request" }]);
  });

  test(`is ${response} in a response`, () => {
    expect(diffOf({ response: old }, { response: now }).changes).toMatchObject([
      { rule, level: response, side: "response" },
    ]);
  });
});

test("what is the same in another order, or written otherwise, is no change", () => {
  const old = { type: ["string", "null"], enum: ["a", "b", null] };
  const now = { nullable: true, enum: ["b", "a"], type: "string" };
  expect(diffOf({ body: old, response: old }, { body: now, response: now }).changes).toEqual([]);
});

test("a change deep inside names its way", () => {
  const nested = (inner: unknown) => object({ rows: { type: "array", items: object({ cell: inner }) } });
  const { changes } = diffOf({ response: nested(text) }, { response: nested({ type: "integer" }) });
  expect(changes).toMatchObject([{ owner: "POST /pets", place: "response 200.rows[].cell", rule: "type-changed" }]);
});

test("a shared schema is told once for each side, with every operation that it reaches", () => {
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
    { owner: "schema Owner", place: "name", side: "request", operations: ["POST /pets"] },
    { owner: "schema Owner", place: "name", side: "response", operations: ["GET /pets/{id}", "POST /pets"] },
  ]);
});

test("a schema that refers to itself is compared to its end", () => {
  const tree = (name: unknown) => ({
    Tree: object({ name, children: { type: "array", items: { $ref: "#/components/schemas/Tree" } } }),
  });
  const response = { $ref: "#/components/schemas/Tree" };
  const { changes } = diffOf({ response, schemas: tree(text) }, { response, schemas: tree({ type: "integer" }) });
  expect(changes).toMatchObject([{ owner: "schema Tree", rule: "type-changed", operations: ["POST /pets"] }]);
});

test("schemas that refer to themselves under another name, and chains of thousands, are compared once", () => {
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
  expect(renamed.changes).toMatchObject([{ owner: "schema New", place: "value", rule: "type-changed" }]);

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

test("a schema that moved into a component, or took another name, is compared by what it says", () => {
  const inline = object({ a: text });
  const now = { response: { $ref: "#/components/schemas/New" }, schemas: { New: object({ a: text, b: text }) } };
  expect(diffOf({ response: inline }, now).changes).toMatchObject([
    { rule: "optional-property-added", place: "response 200.b" },
  ]);
  const named = { response: { $ref: "#/components/schemas/Old" }, schemas: { Old: inline } };
  expect(diffOf(named, now).changes).toMatchObject([{ rule: "optional-property-added" }]);
});

test("a composition counts by what it demands together", () => {
  const composed = { allOf: [object({ a: text }, ["a"]), object({ b: text })] };
  expect(diffOf({ response: composed }, { response: object({ a: text, b: text }, ["a"]) }).changes).toEqual([]);
  expect(diffOf({ response: composed }, { response: object({ a: text }, ["a"]) }).changes).toMatchObject([
    { rule: "property-removed", place: "response 200.b" },
  ]);
});

test("members that only the other side writes are no part of this one", () => {
  const old = object({ id: { type: "string", readOnly: true }, secret: { type: "string", writeOnly: true } });
  const { changes } = diffOf({ body: old, response: old }, { body: object({}), response: object({}) });
  expect(changes.map(({ side, place }) => [side, place])).toEqual([
    ["request", "body.secret"],
    ["response", "response 200.id"],
  ]);
});

test("names of a document's own, such as __proto__ and constructor, are members like others", () => {
  const odd = JSON.parse(
    '{"type":"object","properties":{"__proto__":{"type":"string"},"constructor":{"type":"string"}}}',
  );
  expect(diffOf({ response: odd }, { response: object({}) }).changes).toMatchObject([
    { place: "response 200.__proto__" },
    { place: "response 200.constructor" },
  ]);
});
