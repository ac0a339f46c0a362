import { describe } from "vitest";
import { testTypes } from "../../../../test/type-cases.js";

const text = { type: "string" };
const schemas = {
  Base: { type: "object", properties: { a: text, b: text } },
  Deep: { allOf: [{ $ref: "#/components/schemas/Base" }, { type: "object", properties: { c: text } }] },
  Maybe: { type: ["object", "null"], properties: { a: text } },
};
const base = { $ref: "#/components/schemas/Base" };

describe("required names", () => {
  testTypes([
    {
      title: "a name that another member of allOf requires is required",
      schemas,
      it: { allOf: [base, { required: ["a"] }] },
      accepts: ['{ a: "a" }'],
      refuses: ["{}", "{ a: 1 }"],
    },
    {
      title: "a name that is required of an inline member of allOf is required",
      schemas,
      it: {
        allOf: [
          { type: "object", properties: { x: text } },
          { type: "object", required: ["x"], properties: {} },
        ],
      },
      accepts: ['{ x: "x" }'],
      refuses: ["{}"],
    },
    {
      title: "a required property of a member's own allOf is required",
      schemas,
      it: { allOf: [{ $ref: "#/components/schemas/Deep" }], required: ["a", "c"] },
      accepts: ['{ a: "a", c: "c" }'],
      refuses: ['{ a: "a" }', '{ c: "c" }'],
    },
    {
      title: "a required name of a union is required in each of its alternatives",
      it: {
        type: "object",
        required: ["x"],
        oneOf: [
          { type: "object", properties: { x: text, y: text } },
          { type: "object", properties: { x: { type: "number" } } },
        ],
      },
      accepts: ['{ x: "x", y: "y" }', "{ x: 1 }"],
      refuses: ["{}", "{ x: true }"],
    },
    {
      title: "a required name without a property is a property",
      it: { type: "object", properties: { a: text }, required: ["a", "timestamp"] },
      accepts: ['{ a: "a", timestamp: 1 }'],
      refuses: ['{ a: "a" }', '{ a: "a", timestamp: 1, other: 1 }'],
    },
    {
      title: "a required name without a property has the type of additional properties",
      it: { type: "object", additionalProperties: { type: "number" }, required: ["storage"] },
      accepts: ["{ storage: 1, other: 2 }"],
      refuses: ["{}", '{ storage: "1" }'],
    },
    {
      title: "null stays allowed where a property is required of an object or null",
      schemas,
      it: { allOf: [{ $ref: "#/components/schemas/Maybe" }, { required: ["a"] }] },
      accepts: ["null", '{ a: "a" }'],
      refuses: ["{}"],
    },
  ]);
});
