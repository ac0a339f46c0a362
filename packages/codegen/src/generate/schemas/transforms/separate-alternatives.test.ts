import { describe } from "vitest";
import { testTypes } from "../../../../test/type-cases.js";

const text = { type: "string" };
const properties = { state: { enum: ["open", "closed"] }, assignees: { type: "array", items: text }, note: text };

describe("alternatives beside what they share", () => {
  testTypes([
    {
      // As in GitHub's PATCH /repos/{owner}/{repo}/code-scanning/alerts/{alert_number}.
      title: "anyOf of required lists beside properties is the object with one of them required",
      it: { type: "object", properties, anyOf: [{ required: ["state"] }, { required: ["assignees"] }] },
      accepts: ['{ state: "open" }', '{ assignees: ["a"], note: "n" }'],
      refuses: ["42", '{ note: "n" }', '{ state: "gone" }', '{ state: "open", other: 1 }'],
    },
    {
      title: "oneOf of required lists requires one of them",
      it: { type: "object", properties, oneOf: [{ required: ["state"] }, { required: ["assignees"] }] },
      accepts: ['{ state: "open" }'],
      refuses: ["42", "{}", '{ note: "n" }'],
    },
    {
      title: "anyOf beside properties does not replace them",
      it: {
        type: "object",
        properties: { id: text },
        required: ["id"],
        anyOf: [
          { type: "object", properties: { a: text }, required: ["a"] },
          { type: "object", properties: { b: text }, required: ["b"] },
        ],
      },
      accepts: ['{ id: "i", a: "a" }', '{ id: "i", b: "b" }'],
      refuses: ['{ a: "a" }', '{ id: "i" }', "1"],
    },
    {
      title: "a list that is required of a property in allOf has its type",
      schemas: { Base: { type: "object", properties: { value: text } } },
      it: { allOf: [{ $ref: "#/components/schemas/Base" }], anyOf: [{ required: ["value"] }, { required: ["other"] }] },
      accepts: ['{ value: "v" }', "{ other: 1 }"],
      refuses: ["{}", "{ value: 1 }"],
    },
    {
      title: "alternatives of which one allows everything are ignored",
      it: { type: "object", properties: { a: text }, anyOf: [{ not: { required: ["a"] } }, { required: ["a"] }] },
      accepts: ["{}", '{ a: "a" }'],
      refuses: ["{ a: 1 }", "42"],
    },
    {
      title: "alternatives that only restrict a text leave it a text",
      it: { type: "string", anyOf: [{ pattern: "^a" }, { pattern: "^b" }] },
      accepts: ['"a"'],
      refuses: ["1", "{}"],
    },
    {
      title: "an object or null with alternatives stays one",
      it: { type: ["object", "null"], properties, anyOf: [{ required: ["state"] }, { required: ["note"] }] },
      accepts: ["null", '{ note: "n" }'],
      refuses: ["{}", "42"],
    },
    {
      title: "a type that is written once applies to alternatives without one",
      it: { type: ["string", "null"], anyOf: [{ enum: ["a"] }, { type: "string", minLength: 9 }] },
      accepts: ["null", '"a"', '"other"'],
      refuses: ["1"],
    },
  ]);
});
