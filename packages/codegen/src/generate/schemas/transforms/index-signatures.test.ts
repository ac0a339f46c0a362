import { describe } from "vitest";
import { testTypes } from "../../../../test/type-cases.js";

const text = { type: "string" };
const number = { type: "number" };

describe("properties beside typed additional ones", () => {
  testTypes([
    {
      title: "an object with properties and additional ones of another type can be assigned",
      it: {
        type: "object",
        properties: { name: text, tags: { type: "array", items: text } },
        additionalProperties: number,
      },
      accepts: ['{ name: "n", tags: ["t"], size: 1 }', "{ size: 1 }"],
      refuses: ["{ name: 1 }", "{ size: true }"],
      reads: ["it.name?.length;"],
    },
    {
      title: "an object with properties and patternProperties can be assigned",
      it: { type: "object", required: ["name"], properties: { name: text }, patternProperties: { "^x-": number } },
      accepts: ['{ name: "n", "x-size": 1 }'],
      refuses: ['{ "x-size": 1 }', '{ name: "n", "x-size": true }'],
    },
    {
      title: "a property of any value makes additional ones of any value",
      it: { type: "object", properties: { any: {} }, additionalProperties: number },
      accepts: ["{ any: true, more: 1 }"],
    },
    {
      title: "additional properties alone keep their type",
      it: { type: "object", additionalProperties: number },
      accepts: ["{ a: 1 }"],
      refuses: ['{ a: "a" }'],
    },
  ]);
});
