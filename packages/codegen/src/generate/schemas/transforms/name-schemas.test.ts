import { describe, expect, test } from "vitest";
import { testTypes, writeTypes } from "../../../../test/type-cases.js";

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

describe("types named after schemas", () => {
  testTypes([
    {
      title: "a recursive union compiles",
      it: {
        anyOf: [
          { type: "string" },
          { type: "number" },
          { type: "object", additionalProperties: ref("It") },
          { type: "array", items: ref("It") },
        ],
        nullable: true,
      },
      accepts: ["null", '[["a", 1], { b: [{ c: null }] }]'],
      refuses: ["true", "[true]"],
    },
    {
      title: "unions that mention each other compile",
      schemas: { Or: { type: "array", items: ref("It") } },
      it: { oneOf: [{ type: "string" }, ref("Or")] },
      accepts: ['["a", ["b"]]'],
      refuses: ["[1]"],
    },
    {
      // As in Vercel's document.
      title: "a contradiction that is also a list of itself compiles",
      it: { type: "null", oneOf: [{ type: "object" }, { type: "array", items: ref("It") }] },
    },
    {
      // As in PayPal's document.
      title: "schemas with numbers as their names compile",
      schemas: { 400: { type: "string" }, 401: { type: "number" } },
      it: { type: "object", properties: { bad: ref("400"), unauthorized: ref("401") } },
      accepts: ['{ bad: "b", unauthorized: 1 }'],
      refuses: ["{ bad: 1 }", '{ unauthorized: "u" }'],
    },
    {
      title: "schemas with the names of TypeScript's own types, or of no type, compile",
      schemas: {
        string: { type: "number" },
        Record: { type: "object" },
        "a-b": { type: "string" },
        a_b: { type: "number" },
      },
      it: {
        type: "object",
        properties: { s: ref("string"), r: ref("Record"), dash: ref("a-b"), under: ref("a_b"), o: { type: "object" } },
      },
      accepts: ['{ s: 1, r: { x: 1 }, dash: "d", under: 1, o: { x: 1 } }'],
      refuses: ['{ s: "s" }', "{ dash: 1 }"],
    },
  ]);
});

test("each schema is a type of its name, which all others refer to", () => {
  const types = writeTypes({
    title: "",
    schemas: { customer: { type: "object" } },
    it: { type: "array", items: ref("customer") },
  });
  expect(types).toContain("        customer: customer;\n");
  expect(types).toContain("export type It = customer[];");
});
