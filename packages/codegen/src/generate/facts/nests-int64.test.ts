import { expect, test } from "vitest";
import { loadedDocument, sampleProfile } from "../../../test/sample-input.js";
import { generate } from "../generate.js";

const int64 = { type: "integer", format: "int64" };
const form = "application/x-www-form-urlencoded";
const content = (type: string, schema: unknown) => ({ content: { [type]: { schema } } });
const withField = (schema: unknown) => ({ type: "object", properties: { field: schema } });
const nested = { type: "array", items: { $ref: "#/components/schemas/Nested" } };

test.each<[what: string, operation: object, isExact: boolean]>([
  ["a JSON body", { requestBody: content("application/json", withField(int64)) }, true],
  ["a field of a form, whose text has all digits", { requestBody: content(form, withField(int64)) }, false],
  ["an object in a form", { requestBody: content(form, withField(nested)) }, true],
  ["an object in a multipart form", { requestBody: content("multipart/form-data", withField(nested)) }, true],
  [
    "a parameter that is JSON",
    { parameters: [{ name: "filter", in: "query", ...content("application/json", withField(int64)) }] },
    true,
  ],
  ["a list of objects in a parameter", { parameters: [{ name: "in", in: "query", schema: nested }] }, true],
  ["a parameter, whose text has all digits", { parameters: [{ name: "id", in: "query", schema: int64 }] }, false],
])("a connector writes exact JSON where a 64-bit integer is sent in JSON: %s", async (_, operation, isExact) => {
  const components = { schemas: { Nested: withField({ anyOf: [int64, { $ref: "#/components/schemas/Nested" }] }) } };
  const document = loadedDocument({ paths: { "/things": { post: { ...operation, responses: {} } } }, components });
  const { files } = await generate({ provider: "acme", documents: [document], profile: sampleProfile() });
  expect(files.get("strategies.ts")?.includes("formatExactJson")).toBe(isExact);
});
