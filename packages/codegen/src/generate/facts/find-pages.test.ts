import { expect, test } from "vitest";
import { loadedDocument, onlyOperation, readNamed, readProfile } from "../../../test/sample-input.js";
import { findPage, findPages } from "./find-pages.js";

const cursor = {
  kind: "cursor",
  items: ["data"],
  from: { lastItem: ["id"] },
  into: { in: "query", name: "starting_after" },
};
const search = { kind: "cursor", items: ["data"], from: { body: ["next_page"] }, into: { in: "query", name: "page" } };
const inBody = {
  kind: "cursor",
  items: ["results"],
  from: { body: ["paging", "after"] },
  into: { in: "body", name: "after" },
};
const link = { kind: "link-header", items: [] };
const next = { kind: "next-url", items: ["items"], next: ["meta", "next"] };
const offset = { kind: "offset", items: ["rows"], into: { in: "query", name: "offset" }, size: "limit" };

const list = { type: "array", items: { type: "string" } };
const object = (properties: object) => ({ type: "object", properties });
const query = (...names: string[]) => names.map((name) => ({ name, in: "query" }));
const response = (schema: object, status = "200", type = "application/json") => ({
  [status]: { content: { [type]: { schema } } },
});

test.each([
  [
    "a cursor in the query, with the items where the style has them",
    { pagination: [cursor], parameters: query("starting_after"), schema: object({ data: list }) },
    { style: 0, items: ["data"] },
  ],
  [
    "the second style if the operation has only that cursor",
    { pagination: [cursor, search], parameters: query("page"), schema: object({ data: list }) },
    { style: 1, items: ["data"] },
  ],
  [
    "the first style if both match",
    { pagination: [cursor, search], parameters: query("page", "starting_after"), schema: object({ data: list }) },
    { style: 0, items: ["data"] },
  ],
  [
    "no page without the cursor's parameter",
    { pagination: [cursor], parameters: query("limit"), schema: object({ data: list }) },
    undefined,
  ],
  [
    "no page if the items are not an array",
    { pagination: [cursor], parameters: query("starting_after"), schema: object({ data: object({}) }) },
    undefined,
  ],
  [
    "items through allOf and nullable",
    {
      pagination: [cursor],
      parameters: query("starting_after"),
      schema: { allOf: [object({ a: {} }), object({ data: { ...list, nullable: true } })] },
    },
    { style: 0, items: ["data"] },
  ],
  [
    "items through anyOf with null",
    {
      pagination: [cursor],
      parameters: query("starting_after"),
      schema: { anyOf: [object({ data: { anyOf: [list, { type: "null" }] } }), { type: "null" }] },
    },
    { style: 0, items: ["data"] },
  ],
  [
    "items with a list of types that includes null",
    {
      pagination: [cursor],
      parameters: query("starting_after"),
      schema: { type: ["object", "null"], properties: { data: { type: ["array", "null"], items: {} } } },
    },
    { style: 0, items: ["data"] },
  ],
  [
    "no page if anyOf makes the items optional",
    {
      pagination: [cursor],
      parameters: query("starting_after"),
      schema: { properties: { data: list }, anyOf: [{ required: ["data"] }, {}] },
    },
    undefined,
  ],
  [
    "items that are an array without a type",
    { pagination: [cursor], parameters: query("starting_after"), schema: object({ data: { items: {} } }) },
    { style: 0, items: ["data"] },
  ],
  [
    "an offset",
    { pagination: [offset], parameters: query("offset"), schema: object({ rows: list }) },
    { style: 0, items: ["rows"] },
  ],
  [
    "a bare array behind a Link header",
    { pagination: [link], parameters: query("page"), schema: list },
    { style: 0, items: [] },
  ],
  [
    "the only array behind a Link header",
    { pagination: [link], parameters: query("per_page"), schema: object({ total_count: {}, items: list }) },
    { style: 0, items: ["items"] },
  ],
  [
    "no page of two arrays behind a Link header",
    { pagination: [link], parameters: query("page"), schema: object({ a: list, b: list }) },
    undefined,
  ],
  [
    "no page behind a Link header without its parameters",
    { pagination: [link], parameters: query("q"), schema: list },
    undefined,
  ],
  [
    "a next URL with the only array",
    { pagination: [next], parameters: [], schema: object({ meta: object({ next: {} }), calls: list }) },
    { style: 0, items: ["calls"] },
  ],
  [
    "a next URL with the items where the style has them",
    { pagination: [next], parameters: [], schema: object({ meta: object({ next: {} }), items: list, other: list }) },
    { style: 0, items: ["items"] },
  ],
  [
    "no page without the next URL",
    { pagination: [next], parameters: [], schema: object({ meta: object({}), items: list }) },
    undefined,
  ],
  [
    "items elsewhere if the page has the cursor",
    { pagination: [search], parameters: query("page"), schema: object({ next_page: {}, members: list }) },
    { style: 0, items: ["members"] },
  ],
  [
    "no items elsewhere if the page does not have the cursor",
    { pagination: [search], parameters: query("page"), schema: object({ members: list }) },
    undefined,
  ],
  [
    "items where a later style has them, before items elsewhere in an earlier style",
    {
      pagination: [{ ...search, items: ["rows"] }, search],
      parameters: query("page"),
      schema: object({ next_page: {}, data: list }),
    },
    { style: 1, items: ["data"] },
  ],
])("findPage finds %s", (_title, { pagination, parameters, schema }, want) => {
  const page = findPage(onlyOperation({ parameters, responses: response(schema) }), readProfile({ pagination }));
  expect(page && { style: page.style, items: page.items }).toEqual(want);
});

const byPath = { kind: "link-header", items: "by-path" };
const two = object({ total: {}, check_runs: list, other: list });

test.each([
  ["a page that is itself a list", { path: "/repos/{owner}/keys", schema: list }, []],
  [
    "the list that has the name of the path, among others",
    { path: "/repos/{ref}/check-runs", schema: two },
    ["check_runs"],
  ],
  [
    "the list that has the name of the segment before a placeholder",
    { path: "/CheckRuns/{id}", schema: two },
    ["check_runs"],
  ],
  ["the list that has the name of the path without .json", { path: "/check_runs.json", schema: two }, ["check_runs"]],
  ["the only list if none has that name", { path: "/runs", schema: object({ check_runs: list }) }, ["check_runs"]],
  ["no list if several have other names", { path: "/runs", schema: two }, undefined],
])("with items by path, findPage finds %s", (_title, { path, schema }, items) => {
  const operation = onlyOperation({ parameters: query("page"), responses: response(schema) }, { path });
  expect(findPage(operation, readProfile({ pagination: [byPath] }))?.items).toEqual(items);
});

test("findPage finds a cursor in a JSON body behind a reference", () => {
  const components = { schemas: { Search: object({ after: { type: "string" } }), Page: object({ results: list }) } };
  const operation = {
    requestBody: { content: { "application/json": { schema: { $ref: "#/components/schemas/Search" } } } },
    responses: response({ $ref: "#/components/schemas/Page" }),
  };
  const profile = readProfile({ pagination: [inBody] });
  expect(findPage(onlyOperation(operation, { method: "post", components }), profile)?.items).toEqual(["results"]);
});

test("findPage takes a JSON response of any 2xx, and no other response", () => {
  const profile = readProfile({ pagination: [cursor] });
  const found = (responses: object) =>
    findPage(onlyOperation({ parameters: query("starting_after"), responses }), profile)?.status;
  expect(found(response(object({ data: list }), "2XX"))).toBe("2XX");
  expect(found(response(object({ data: list }), "206", "application/vnd.acme+json"))).toBe("206");
  expect(found(response(object({ data: list }), "400"))).toBeUndefined();
  expect(found(response(object({ data: list }), "200", "text/csv"))).toBeUndefined();
});

test("a path has at most one list, a GET before a POST, and a PUT or DELETE is not a list", () => {
  const operation = { parameters: query("starting_after"), responses: response(object({ data: list })) };
  const document = loadedDocument({
    paths: {
      "/a": { post: operation, get: operation },
      "/b": { post: operation },
      "/c": { put: operation, delete: operation },
    },
  });
  const profile = readProfile({ pagination: [cursor] });
  expect(
    findPages(readNamed([document]), profile).map((page) => `${page.operation.method} ${page.operation.path}`),
  ).toEqual(["GET /a", "POST /b"]);
});

test("the search ends in a schema that contains itself, and finds no page", () => {
  const components = { schemas: { Loop: { allOf: [{ $ref: "#/components/schemas/Loop" }] } } };
  const operation = onlyOperation(
    { parameters: query("starting_after"), responses: response({ $ref: "#/components/schemas/Loop" }) },
    { components },
  );
  expect(findPage(operation, readProfile({ pagination: [cursor] }))).toBeUndefined();
});
