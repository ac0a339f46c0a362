import { expect, test } from "vitest";
import { type FormStyle, parseForm, parsePairs } from "../http/parse-form.js";
import { createDocumentSchemas } from "../schema/document-schemas.js";
import { coerce } from "./coerce.js";

const view = createDocumentSchemas({
  openapi: "3.0.3",
  paths: {},
  components: { schemas: { Amount: { type: "integer" } } },
}).request;
const read = (schema: object, text: string, style: FormStyle) =>
  coerce(parseForm(parsePairs(text), style), view.convert(schema), { view, style });
const object = (properties: object) => ({ type: "object", properties });
const clearable = { anyOf: [object({ city: { type: "string" } }), { type: "string", enum: [""] }] };

test.each([
  {
    schema: object({ a: { type: "integer" }, b: { type: "boolean" }, c: { type: "string" } }),
    text: "a=10&b=true&c=10",
    want: { a: 10, b: true, c: "10" },
  },
  { schema: object({ a: { type: "integer" } }), text: "a=2024-01-01", want: { a: "2024-01-01" } },
  { schema: object({ a: { type: "integer" } }), text: "a=007", want: { a: "007" } },
  { schema: object({ a: { $ref: "#/components/schemas/Amount" } }), text: "a=-3", want: { a: -3 } },
  {
    schema: object({ a: { type: "array", items: { type: "number" } } }),
    text: "a[0]=1&a[1]=2.5",
    want: { a: [1, 2.5] },
  },
  { schema: object({ a: { type: "array", items: { type: "number" } } }), text: "a[]=1&a[]=2", want: { a: [1, 2] } },
  { schema: object({ a: { type: "array", items: { type: "number" } } }), text: "a=1", want: { a: "1" } },
  {
    schema: object({ a: { type: "array", items: object({ b: { type: "boolean" } }) } }),
    text: "a[0][b]=false&a[1][b]=true",
    want: { a: [{ b: false }, { b: true }] },
  },
  { schema: object({ a: { type: "array", items: { type: "string" } } }), text: "a=", want: { a: [] } },
  { schema: object({ a: { type: "integer", nullable: true } }), text: "a=", want: { a: null } },
  { schema: object({ a: { type: "string", nullable: true } }), text: "a=", want: { a: "" } },
  { schema: object({ a: clearable }), text: "a=", want: { a: "" } },
  { schema: object({ a: clearable }), text: "a[city]=Paris", want: { a: { city: "Paris" } } },
  {
    schema: object({ a: { anyOf: [{ type: "string", enum: ["now"] }, { type: "integer" }] } }),
    text: "a=17",
    want: { a: 17 },
  },
  { schema: { type: "object", additionalProperties: { type: "integer" } }, text: "x=1&y=2", want: { x: 1, y: 2 } },
  {
    schema: { allOf: [object({ a: { type: "integer" } }), object({ b: { type: "integer" } })] },
    text: "a=1&b=2",
    want: { a: 1, b: 2 },
  },
  { schema: object({ a: { type: "string" } }), text: "a=%C3%A9+%26%3D", want: { a: "é &=" } },
])("form with brackets: $text is read as $want", ({ schema, text, want }) => {
  expect(read(schema, text, "brackets")).toEqual(want);
});

test.each([
  { schema: object({ A: { type: "array", items: { type: "string" } } }), text: "A=x&A=y", want: { A: ["x", "y"] } },
  { schema: object({ A: { type: "array", items: { type: "integer" } } }), text: "A=1", want: { A: [1] } },
  {
    schema: object({ A: object({ n: { type: "integer" } }) }),
    text: `A=${encodeURIComponent('{"n":1}')}`,
    want: { A: { n: 1 } },
  },
  { schema: object({ A: { type: "array" } }), text: `A=${encodeURIComponent('{"n":1}')}`, want: { A: ['{"n":1}'] } },
])("form with repeated keys: $text is read as $want", ({ schema, text, want }) => {
  expect(read(schema, text, "repeat")).toEqual(want);
});

test("form with JSON: nested values are parsed, and a string of the schema stays a string", () => {
  const schema = object({ blocks: { type: "array" }, text: { type: "string" } });
  expect(read(schema, `blocks=${encodeURIComponent('[{"a":1}]')}&text=${encodeURIComponent("[1]")}`, "json")).toEqual({
    blocks: [{ a: 1 }],
    text: "[1]",
  });
});

test("arrays of any length are read as arrays", () => {
  const text = Array.from({ length: 500 }, (_, index) => `a[${index}]=${index}`).join("&");
  const { a } = read(object({ a: { type: "array", items: { type: "integer" } } }), text, "brackets") as { a: number[] };
  expect(a).toHaveLength(500);
  expect(a[499]).toBe(499);
});

test("R47: __proto__ and constructor in a form do not change a prototype", () => {
  const value = read(object({}), "__proto__[x]=1&constructor[prototype][x]=1&a=1", "brackets") as Record<
    string,
    unknown
  >;
  expect(value.x).toBeUndefined();
  expect(({} as Record<string, unknown>).x).toBeUndefined();
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
});
