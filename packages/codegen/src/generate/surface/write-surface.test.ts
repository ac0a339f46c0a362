import * as fc from "fast-check";
import { expect, test } from "vitest";
import { loadedDocument, readNamed } from "../../../test/sample-input.js";
import { writeSurface } from "./write-surface.js";

const surfaceOf = (json: Record<string, unknown>) => writeSurface(readNamed([loadedDocument(json)]));
const reference = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const json = (schema: unknown) => ({ content: { "application/json": { schema } } });

const api = {
  paths: {
    "/customers": {
      get: {
        operationId: "list",
        parameters: [{ $ref: "#/components/parameters/Limit" }, { name: "q", in: "query", schema: { type: "string" } }],
        responses: {
          200: { description: "ok", ...json(reference("List")) },
          default: { $ref: "#/components/responses/Problem" },
        },
      },
    },
    "/customers/{id}": {
      post: {
        operationId: "update",
        requestBody: json(reference("Customer")),
        responses: { 200: json(reference("Customer")) },
      },
      delete: { operationId: "remove", responses: { 204: {} } },
    },
  },
  components: {
    parameters: { Limit: { name: "limit", in: "query", schema: { type: "integer", maximum: 100 } } },
    responses: { Problem: { description: "bad", ...json(reference("Problem")) } },
    schemas: {
      List: {
        type: "object",
        required: ["data", "has_more"],
        properties: { data: { type: "array", items: reference("Customer") }, has_more: { type: "boolean" } },
      },
      Customer: {
        type: "object",
        description: "One",
        properties: { description: { type: "string" }, address: reference("Address"), kind: { enum: ["a", "b"] } },
      },
      Address: { type: "object", properties: { city: { type: "string" } } },
      Problem: { type: "object", properties: { message: { type: "string" } } },
      Unused: { type: "string" },
    },
  },
};
const clone = () => structuredClone(api) as any_;
// biome-ignore lint/suspicious/noExplicitAny: a test changes any part of the document
type any_ = any;

/** The lines that a change of the document changes, without their hashes. */
function changed(change: (json: any_) => void): string[] {
  const copy = clone();
  change(copy);
  const lines = (text: string) =>
    new Map(
      text
        .trimEnd()
        .split("\n")
        .map((line) => [line.slice(0, line.lastIndexOf("  ")), line] as const),
    );
  const [before, after] = [lines(surfaceOf(api)), lines(surfaceOf(copy))];
  return [...new Set([...before.keys(), ...after.keys()])].filter((title) => before.get(title) !== after.get(title));
}

test("the surface has operations by path and method, then the components that they reach, each with a hash", () => {
  expect(surfaceOf(api).replace(/[0-9a-f]{8}$/gm, "<hash>")).toBe(`GET /customers  List  <hash>
DELETE /customers/{id}  Remove  <hash>
POST /customers/{id}  Update  <hash>
parameter Limit  <hash>
response Problem  <hash>
schema Address  <hash>
schema Customer  <hash>
schema List  <hash>
schema Problem  <hash>
`);
});

test.each([
  [
    "a property of a nested component",
    (d: any_) => (d.components.schemas.Address.properties.city.type = "number"),
    ["schema Address"],
  ],
  ["a shared parameter", (d: any_) => (d.components.parameters.Limit.schema.maximum = 50), ["parameter Limit"]],
  [
    "a parameter of one operation",
    (d: any_) => (d.paths["/customers"].get.parameters[1].required = true),
    ["GET /customers  List"],
  ],
  [
    "a response",
    (d: any_) => (d.paths["/customers/{id}"].delete.responses = { 200: {} }),
    ["DELETE /customers/{id}  Remove"],
  ],
  [
    "a property called description",
    (d: any_) => delete d.components.schemas.Customer.properties.description,
    ["schema Customer"],
  ],
  ["an enum value", (d: any_) => d.components.schemas.Customer.properties.kind.enum.push("c"), ["schema Customer"]],
  ["a deprecation", (d: any_) => (d.paths["/customers"].get.deprecated = true), ["GET /customers  List"]],
  [
    "an x-connectry extension",
    (d: any_) => (d.paths["/customers"].get["x-connectry-safety"] = "safe"),
    ["GET /customers  List"],
  ],
])("a change of %s changes exactly one line", (_title, change, want) => {
  expect(changed(change)).toEqual(want);
});

test.each([
  [
    "descriptions, titles and examples",
    (d: any_) =>
      Object.assign(d.components.schemas.Customer, {
        description: "Other",
        title: "T",
        example: {},
        examples: [1],
        externalDocs: {},
      }),
  ],
  [
    "a summary",
    (d: any_) =>
      Object.assign(d.paths["/customers"].get, { summary: "S", description: "D", tags: ["t"], security: [{}] }),
  ],
  ["extensions of others", (d: any_) => (d.components.schemas.List["x-vendor"] = { a: 1 })],
  [
    "the order of required names, of enum values and of parameters",
    (d: any_) => {
      d.components.schemas.List.required.reverse();
      d.components.schemas.Customer.properties.kind.enum.reverse();
      d.paths["/customers"].get.parameters.reverse();
    },
  ],
  ["a component that nothing reaches", (d: any_) => (d.components.schemas.Unused.type = "number")],
])("a change of %s changes no line", (_title, change) => {
  expect(changed(change)).toEqual([]);
});

test("the order of keys changes no line", () => {
  const want = surfaceOf(api);
  fc.assert(
    fc.property(fc.infiniteStream(fc.nat()), (chance) => {
      const next = () => chance.next().value ?? 0;
      const shuffle = (value: unknown): unknown => {
        if (Array.isArray(value)) return value.map(shuffle);
        if (typeof value !== "object" || value === null) return value;
        const entries = Object.entries(value).map(([key, one]) => ({ key, one: shuffle(one), at: next() }));
        return Object.fromEntries(entries.sort((a, b) => a.at - b.at).map(({ key, one }) => [key, one]));
      };
      expect(surfaceOf(shuffle(api) as Record<string, unknown>)).toBe(want);
    }),
    { numRuns: 50 },
  );
});

test("with several documents, the name of a component has its document as a prefix", () => {
  const document = (name: string) =>
    loadedDocument(
      {
        paths: { [`/${name}`]: { get: { responses: { 200: json(reference("Item")) } } } },
        components: { schemas: { Item: { type: "string" } } },
      },
      name,
    );
  const surface = writeSurface(readNamed([document("a"), document("b")]));
  expect(surface).toMatch(/^schema a\/Item {2}\w{8}\nschema b\/Item {2}\w{8}\n$/m);
});

test("a name with a line break stays on one line", () => {
  const surface = surfaceOf({ paths: { "/a\nDELETE /everything": { get: {} }, "/b\u2028c": { get: {} } } });
  expect(surface.trimEnd().split("\n")).toHaveLength(2);
  expect(surface).not.toContain("\u2028");
});
