import { expect, test } from "vitest";
import { diffOf } from "../../../test/diff-pair.js";

const object = (properties: object, required: string[] = []) => ({ type: "object", properties, required });
const text = { type: "string" };

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
  expect(renamed.changes).toMatchObject([
    { owner: "schema New", location: "value", rule: "type-changed" },
    { owner: "schema Old", rule: "schema-renamed", text: "was renamed: New" },
  ]);

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
  expect(diffOf(named, current).changes).toMatchObject([
    { owner: "schema Old", rule: "schema-renamed", level: "breaking" },
    { owner: "schema New", rule: "optional-property-added" },
  ]);
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
