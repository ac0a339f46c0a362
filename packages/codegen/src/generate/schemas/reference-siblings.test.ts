import { describe, expect, test } from "vitest";
import { loadedDocument } from "../../../test/sample-input.js";
import { testTypes } from "../../../test/type-cases.js";
import { countNullableReferences } from "./reference-siblings.js";

const schemas = { Base: { type: "object", properties: { a: { type: "string" } } }, Status: { type: "string" } };
const base = { $ref: "#/components/schemas/Base" };
const status = { $ref: "#/components/schemas/Status" };

describe("keywords beside $ref, and null", () => {
  testTypes([
    {
      title: "OpenAPI 3.1 combines a reference with the keywords beside it",
      schemas,
      it: { ...base, required: ["a"], properties: { b: { type: "number" } } },
      accepts: ['{ a: "a", b: 1 }'],
      refuses: ["{}", '{ a: "a", b: "b" }'],
    },
    {
      title: "a constant beside a reference",
      schemas,
      it: { ...status, const: "x" },
      accepts: ['"x"'],
      refuses: ['"y"'],
    },
    {
      title: "a bare type beside a reference changes nothing",
      schemas,
      it: { ...base, type: "object", description: "d" },
      accepts: ['{ a: "a" }'],
      refuses: ["{ c: 1 }", "null"],
    },
    {
      title: "OpenAPI 3.0 ignores the keywords beside a reference",
      openapi: "3.0.3",
      schemas,
      it: { ...base, required: ["a"] },
      accepts: ["{}"],
    },
    {
      title: "nullable beside a reference allows null in OpenAPI 3.0, too",
      openapi: "3.0.3",
      schemas,
      it: { type: "object", properties: { base: { ...base, nullable: true } } },
      accepts: ["{ base: null }", '{ base: { a: "a" } }'],
      refuses: ["{ base: 1 }"],
    },
    { title: "a constant null is null", it: { const: null }, accepts: ["null"], refuses: ["1", "undefined"] },
  ]);
});

test("references with nullable beside them are counted where OpenAPI ignores it", () => {
  const components = {
    schemas: { ...schemas, It: { type: "object", properties: { a: { ...base, nullable: true } } } },
  };
  expect(countNullableReferences(loadedDocument({ openapi: "3.0.3", components }))).toBe(1);
  expect(countNullableReferences(loadedDocument({ components }))).toBe(0);
});
