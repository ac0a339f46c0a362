import { describe, expect, test } from "vitest";
import { loadedDocument, readNamed } from "../../../../test/sample-input.js";
import { testTypes, writeTypes } from "../../../../test/type-cases.js";
import { cleanDocument } from "../clean-document.js";
import { writeSchemaTypes } from "../schema-types.js";

const int64 = { type: "integer", format: "int64" };
const body = (schema: unknown, type = "application/json") => ({ content: { [type]: { schema } } });
const paths = {
  "/things": {
    post: {
      parameters: [{ name: "id", in: "query", schema: int64 }],
      requestBody: body({ type: "object", properties: { id: int64 }, required: ["id"] }),
      responses: { 200: { description: "", ...body({ $ref: "#/components/schemas/It" }) } },
    },
    put: {
      requestBody: body(
        { type: "object", properties: { id: int64 }, required: ["id"] },
        "application/x-www-form-urlencoded",
      ),
      responses: {},
    },
  },
};
const it = { type: "object", properties: { id: int64 }, required: ["id"] };

describe("64-bit integers", () => {
  testTypes([
    {
      title: "of a response are numbers, or the text of digits that a number does not hold",
      it,
      paths,
      accepts: ["{ id: 1 }", '{ id: "9007199254740993" }'],
      refuses: ["{ id: 1n }", "{ id: null }"],
    },
    {
      title: "that can be null are null, too",
      it: { ...it, properties: { id: { type: ["integer", "null"], format: "int64" } } },
      paths,
      accepts: ["{ id: null }", '{ id: "9007199254740993" }'],
    },
    {
      title: "of a JSON body are numbers or bigints: text would be another type",
      it,
      paths,
      type: 'NonNullable<import("./schema.js").paths["/things"]["post"]["requestBody"]>["content"]["application/json"]',
      accepts: ["{ id: 1 }", "{ id: 9007199254740993n }"],
      refuses: ['{ id: "1" }'],
    },
    {
      title: "of a form can be text",
      it,
      paths,
      type: 'NonNullable<import("./schema.js").paths["/things"]["put"]["requestBody"]>["content"]["application/x-www-form-urlencoded"]',
      accepts: ["{ id: 1 }", "{ id: 9007199254740993n }", '{ id: "9007199254740993" }'],
    },
    {
      title: "of a query can be text",
      it,
      paths,
      type: 'NonNullable<import("./schema.js").paths["/things"]["post"]["parameters"]["query"]>',
      accepts: ["{ id: 1 }", "{ id: 9007199254740993n }", '{ id: "9007199254740993" }'],
    },
    {
      title: "with values of their own, or of 32 bits, are numbers",
      it: {
        type: "array",
        items: {
          anyOf: [
            { ...int64, enum: [1, 2] },
            { type: "integer", format: "int32" },
          ],
        },
      },
      paths,
      accepts: ["[1]"],
      refuses: ['["1"]', "[1n]"],
    },
  ]);
});

test("64-bit integers of a response are bigints where the profile says so", () => {
  const document = loadedDocument({ openapi: "3.1.0", paths, components: { schemas: { It: it } } });
  const text = writeSchemaTypes(cleanDocument(document, readNamed([document])), { int64: "bigint", unixDates: false });
  expect(text).toMatch(/type It = \{[^}]*id: number \| bigint;/);
  expect(writeTypes({ title: "", it, paths })).toMatch(/type It = \{[^}]*id: number \| string;/);
});
