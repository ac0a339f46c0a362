import { expect, test } from "vitest";
import { createDocumentSchemas } from "./document-schemas.js";

const viewOf = (schemas: object) =>
  createDocumentSchemas({ openapi: "3.0.3", paths: {}, components: { schemas } }).request;

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
  { given: { amount: "ten" }, want: ['amount must be integer, got "ten"'] },
  { given: { amount: 1, extra: 2 }, want: ["extra is unknown"] },
  { given: { amount: 1, currency: "gbp" }, want: ['currency must be one of ["usd","eur"], got "gbp"'] },
  { given: { amount: 1, shipping: { nam: "x" } }, want: ["shipping.nam is unknown"] },
  { given: { amount: 1, shipping: { name: "long" } }, want: ["shipping.name: string is too long (4 > 3)"] },
  { given: { amount: 1, shipping: 5 }, want: ['shipping must be object or string or one of [""], got 5'] },
  { given: { amount: 1, shipping: { name: "a", nam: "x" } }, want: ["shipping.nam is unknown"] },
  { given: { amount: 1, lines: [{ sku: "a" }, {}] }, want: ["lines[1].sku is missing"] },
  { given: { amount: 1, "a/b": 1 }, want: ["a/b must be boolean, got 1"] },
  { given: { a: 1, b: 1, c: 1, d: 1 }, want: ["amount is missing", "a is unknown", "b is unknown", "and 2 more"] },
  { given: { amount: 1 }, want: [] },
])("the errors of $given are $want", ({ given, want }) => {
  const view = viewOf({});
  expect(view.validate(given, view.convert(order))).toEqual(want);
});

test("references are resolved through any pointer of the document", () => {
  const view = viewOf({ "a~b": { type: "object", properties: { "x y": { type: "integer" } } } });
  const schema = view.convert({ $ref: "#/components/schemas/a~0b/properties/x%20y" });
  expect(view.validate(1, schema)).toEqual([]);
  expect(view.validate("1", schema, "limit")).toEqual(['limit must be integer, got "1"']);
});

test("a reference without a target, or to another document, is an error that names it", () => {
  const view = viewOf({});
  expect(() => view.validate(1, { $ref: "#/components/schemas/Gone" })).toThrow(
    'reference #/components/schemas/Gone is not in the document (at "Gone")',
  );
  expect(() => view.validate(1, { $ref: "other.yaml#/x" })).toThrow(
    "reference other.yaml#/x is outside of the document: bundle both into one document first",
  );
});
