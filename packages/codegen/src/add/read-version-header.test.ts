import { expect, test } from "vitest";
import { draft, type Json, pets } from "../../test/draft-pets.js";

const withHeader = (name: string, more: Json) => pets({ parameters: [{ name, in: "header", ...more }] });

// Intercom's and Klaviyo's documents have a default, Notion's an example.
test.each<[name: string, more: Json, value: string]>([
  ["Intercom-Version", { schema: { type: "string", default: "2.15" } }, "2.15"],
  ["revision", { required: true, schema: { type: "string", default: "2026-07-15" } }, "2026-07-15"],
  ["Notion-Version", { required: true, schema: { type: "string", enum: ["2022-06-28"] } }, "2022-06-28"],
  ["X-API-Version", { schema: { const: "7" } }, "7"],
  ["api-version", { example: "2024-01", schema: { type: "string" } }, "2024-01"],
])("the header %s is sent with the version of the document", (name, more, value) => {
  expect(draft(withHeader(name, more)).value.headers).toEqual({ [name.toLowerCase()]: value });
});

test("a required version without a value is a TODO, and an optional one is left to the caller", () => {
  const required = draft(withHeader("X-Version", { required: true, schema: { type: "string" } }));
  expect(required.value.headers).toEqual({ "x-version": "1" });
  expect(required.todos.headers).toContain("Enter the version of the API.");
  expect(draft(withHeader("X-Version", { schema: { type: "string" } })).value.headers).toBeUndefined();
});

test("other headers, and those that few operations have, are parameters", () => {
  expect(draft(withHeader("X-Conversion", { schema: { default: "1" } })).value.headers).toBeUndefined();
  const other = { get: { responses: {} } };
  const version = { get: { parameters: [{ name: "version", in: "header", schema: { default: "1" } }], responses: {} } };
  const document = pets({}, { paths: { "/a": version, "/b": other, "/c": other } });
  expect(draft(document).value.headers).toBeUndefined();
});
