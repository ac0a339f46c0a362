import { describe, expect, test } from "vitest";
import { loadedDocument, readNamed } from "../../../../test/sample-input.js";
import { testTypes } from "../../../../test/type-cases.js";
import { cleanDocument } from "../clean-document.js";
import { writeSchemaTypes } from "../schema-types.js";

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const json = (schema: unknown) => ({ content: { "application/json": { schema } } });
const text = { type: "string" };
const account = {
  type: "object",
  required: ["id", "name", "password"],
  properties: {
    id: { ...text, readOnly: true },
    name: text,
    password: { ...text, writeOnly: true },
    at: { ...text, format: "date-time" },
  },
};
const post = (request: unknown, response: unknown) => ({
  "/a": {
    post: { operationId: "it", requestBody: { required: true, ...json(request) }, responses: { 200: json(response) } },
  },
});
const request = 'operations["It"]["requestBody"]["content"]["application/json"]';
const response = 'operations["It"]["responses"]["200"]["content"]["application/json"]';

describe("requests and responses", () => {
  testTypes([
    {
      title: "a request need not have what is readOnly, and takes a Date",
      it: account,
      paths: post(ref("It"), ref("It")),
      type: request,
      accepts: [
        '{ name: "n", password: "p", at: new Date() }',
        '{ id: "i", name: "n", password: "p", at: "2026-01-01" }',
      ],
      refuses: ['{ name: "n" }', '{ name: "n", password: "p", at: 1 }'],
    },
    {
      title: "a response has nothing that is writeOnly, and its dates are texts",
      it: account,
      paths: post(ref("It"), ref("It")),
      type: response,
      accepts: ['{ id: "i", name: "n", at: "2026-01-01" }'],
      refuses: ['{ name: "n" }', '{ id: "i", name: "n", password: "p" }', '{ id: "i", name: "n", at: new Date() }'],
    },
    {
      title: "a schema that refers to one that differs, also to itself, is a schema of requests, too",
      schemas: {
        Account: {
          ...account,
          properties: { ...account.properties, friends: { type: "array", items: ref("Account") } },
        },
      },
      it: { type: "object", properties: { accounts: { type: "array", items: ref("Account") } } },
      paths: post(ref("It"), ref("It")),
      type: request,
      accepts: ['{ accounts: [{ name: "n", password: "p", friends: [{ name: "m", password: "q" }] }] }'],
      refuses: ['{ accounts: [{ name: "n" }] }'],
    },
    {
      title: "what allOf requires of another member is not required where it is readOnly",
      schemas: { Base: { type: "object", properties: { id: { ...text, readOnly: true } } } },
      it: { allOf: [ref("Base"), { required: ["id", "name"], properties: { name: text } }] },
      paths: post(ref("It"), ref("Base")),
      type: request,
      accepts: ['{ name: "n" }'],
      refuses: ["{}"],
    },
    {
      title: "the members of a mapped union keep their values in both directions",
      schemas: {
        Cat: { type: "object", required: ["id"], properties: { kind: text, id: { ...text, readOnly: true } } },
        Dog: { type: "object", properties: { kind: text } },
      },
      it: {
        oneOf: [ref("Cat"), ref("Dog")],
        discriminator: {
          propertyName: "kind",
          mapping: { cat: "#/components/schemas/Cat", dog: "#/components/schemas/Dog" },
        },
      },
      paths: post(ref("It"), ref("It")),
      type: request,
      accepts: ['{ kind: "cat" }', '{ kind: "dog" }'],
      refuses: ["{}", '{ kind: "Cat" }'],
    },
    {
      title: "a date or null in a query is a Date, a text or null, and a date without a time is a text",
      it: text,
      paths: {
        "/a": {
          get: {
            operationId: "it",
            parameters: [
              { name: "since", in: "query", schema: { type: ["string", "null"], format: "date-time" } },
              { name: "day", in: "query", schema: { ...text, format: "date" } },
            ],
          },
        },
      },
      type: 'NonNullable<operations["It"]["parameters"]["query"]>',
      accepts: ["{ since: new Date() }", "{ since: null }", '{ since: "2026-01-01T00:00:00Z", day: "2026-01-01" }'],
      refuses: ["{ day: new Date() }", "{ since: 1 }"],
    },
  ]);
});

const form = {
  type: "object",
  required: ["currency"],
  properties: {
    currency: text,
    description: text,
    metadata: {
      anyOf: [
        { type: "object", additionalProperties: text },
        { type: "string", enum: [""] },
      ],
    },
    reason: { type: "string", enum: ["", "fraud"] },
    status: { type: "string", enum: ["on"] },
    at: { type: "integer", format: "unix-time" },
    nested: { type: "object", properties: { line2: text } },
  },
};

describe("forms", () => {
  testTypes([
    {
      title: "a form takes null where an empty value is allowed",
      it: text,
      paths: {
        "/a": {
          post: {
            operationId: "it",
            requestBody: { required: true, content: { "application/x-www-form-urlencoded": { schema: form } } },
          },
        },
      },
      type: 'operations["It"]["requestBody"]["content"]["application/x-www-form-urlencoded"]',
      accepts: ['{ currency: "usd", description: null, metadata: null, reason: null, nested: { line2: null } }'],
      refuses: ["{ currency: null }", '{ currency: "usd", status: null }', '{ currency: "usd", at: new Date() }'],
    },
  ]);
});

test("a request takes a Date as Unix time where the client writes it so", () => {
  const document = loadedDocument({ paths: post(form, text) });
  const types = writeSchemaTypes(cleanDocument(document, readNamed([document])), { int64: "string", unixDates: true });
  expect(types).toContain("at?: number | Date;");
});

test("a component that only one direction uses stays one", () => {
  const schemas = { In: account, Out: account, Unused: account };
  const document = loadedDocument({ paths: post(ref("In"), ref("Out")), components: { schemas } });
  const types = writeSchemaTypes(cleanDocument(document, readNamed([document])));
  expect(types.match(/^export type [A-Z]\w+ = /gm)).toEqual([
    "export type In = ",
    "export type Out = ",
    "export type Unused = ",
  ]);
});
