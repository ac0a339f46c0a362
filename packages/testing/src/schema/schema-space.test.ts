import { expect, test } from "vitest";
import { createSchemaSpace } from "./schema-space.js";

const space = (schemas: object) => createSchemaSpace({ openapi: "3.0.3", paths: {}, components: { schemas } }).request;

const order = {
  type: "object",
  required: ["amount"],
  additionalProperties: false,
  properties: {
    amount: { type: "integer" },
    currency: { type: "string", enum: ["usd", "eur"] },
    shipping: {
      anyOf: [
        { type: "object", additionalProperties: false, properties: { name: { type: "string", maxLength: 3 } } },
        { type: "string", enum: [""] },
      ],
    },
    lines: { type: "array", items: { type: "object", required: ["sku"], properties: { sku: { type: "string" } } } },
    "a/b": { type: "boolean" },
  },
};

test.each([
  { given: {}, want: ["amount is missing"] },
  { given: { amount: "ten" }, want: ['amount must be integer, not "ten"'] },
  { given: { amount: 1, extra: 2 }, want: ["extra is not known"] },
  { given: { amount: 1, currency: "gbp" }, want: ['currency must be one of ["usd","eur"], not "gbp"'] },
  { given: { amount: 1, shipping: { nam: "x" } }, want: ["shipping.nam is not known"] },
  { given: { amount: 1, shipping: { name: "long" } }, want: ["shipping.name: string is too long (4 > 3)"] },
  { given: { amount: 1, shipping: 5 }, want: ['shipping must be object or string or one of [""], not 5'] },
  { given: { amount: 1, shipping: { name: "a", nam: "x" } }, want: ["shipping.nam is not known"] },
  { given: { amount: 1, lines: [{ sku: "a" }, {}] }, want: ["lines[1].sku is missing"] },
  { given: { amount: 1, "a/b": 1 }, want: ["a/b must be boolean, not 1"] },
  { given: { a: 1, b: 1, c: 1, d: 1 }, want: ["amount is missing", "a is not known", "b is not known", "and 2 more"] },
  { given: { amount: 1 }, want: [] },
])("$given: $want", ({ given, want }) => {
  const view = space({});
  expect(view.problems(given, view.convert(order))).toEqual(want);
});

test("references are followed where a value meets them, through any pointer of the document", () => {
  const view = space({ "a~b": { type: "object", properties: { "x y": { type: "integer" } } } });
  const schema = view.convert({ $ref: "#/components/schemas/a~0b/properties/x%20y" });
  expect(view.problems(1, schema)).toEqual([]);
  expect(view.problems("1", schema, "limit")).toEqual(['limit must be integer, not "1"']);
});

test("a reference that leads nowhere, or out of the document, is an error that names it", () => {
  const view = space({});
  expect(() => view.problems(1, { $ref: "#/components/schemas/Gone" })).toThrow(
    'The document refers to #/components/schemas/Gone, which is not in it (at "Gone").',
  );
  expect(() => view.problems(1, { $ref: "other.yaml#/x" })).toThrow(
    "The document refers to other.yaml#/x, which is outside of it. Bundle it into one document first.",
  );
});
