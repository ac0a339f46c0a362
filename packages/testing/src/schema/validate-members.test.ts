import { expect, test } from "vitest";
import { createDocumentSchemas } from "./document-schemas.js";
import { validateMembers } from "./validate-members.js";

const text = { type: "string" };
const deep = { type: "object", properties: { name: text }, required: ["name"] };
const schemas: Readonly<Record<string, object>> = {
  "by member": { type: "object", required: ["a"], properties: { a: text, b: { type: "integer" }, deep } },
  closed: { type: "object", additionalProperties: false, properties: { a: text } },
  open: { type: "object", properties: { a: text }, additionalProperties: { type: "integer" } },
  "of one of two": {
    oneOf: [
      { type: "object", required: ["a"], properties: { a: { const: "x" }, b: { type: "integer" } } },
      { type: "object", required: ["a"], properties: { a: { const: "y" }, b: text } },
    ],
  },
  bounded: { type: "object", maxProperties: 1, properties: { a: text } },
};

test.each<[string, Record<string, unknown>, Record<string, unknown>]>([
  ["by member", { a: "x", deep: { name: "Ada" } }, { b: 1 }],
  ["by member", { a: "x", deep: { name: "Ada" } }, { b: "1" }],
  ["by member", { a: "x" }, { deep: { name: 5 } }],
  ["by member", { a: "x" }, { other: true }],
  ["closed", { a: "x" }, { other: true }],
  ["open", { a: "x" }, { other: 1 }],
  ["open", { a: "x" }, { other: "1" }],
  ["of one of two", { a: "x", b: 1 }, { a: "y" }],
  ["of one of two", { a: "x", b: 1 }, { b: 2 }],
  ["bounded", { a: "x" }, { b: 1 }],
])("%s: members that replace those of %j are validated as the whole value is: %j", (name, valid, members) => {
  const document = { openapi: "3.1.0", paths: {}, components: { schemas: { Item: schemas[name] } } };
  const view = createDocumentSchemas(document).response;
  const schema = view.convert({ $ref: "#/components/schemas/Item" });
  expect(view.validate(valid, schema)).toEqual([]);
  expect(validateMembers(view, schema, { valid, members })).toEqual(view.validate({ ...valid, ...members }, schema));
});
