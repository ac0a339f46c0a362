import { expect, test } from "vitest";
import { onlyOperation, readNamed, readProfile, sampleDocument } from "../testing/sample-input.js";
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
const answer = (schema: object, status = "200", type = "application/json") => ({
  [status]: { content: { [type]: { schema } } },
});

test.each([
  [
    "a cursor in the query, items in their place",
    [cursor],
    query("starting_after"),
    object({ data: list }),
    0,
    ["data"],
  ],
  [
    "the second style where only its cursor is there",
    [cursor, search],
    query("page"),
    object({ data: list }),
    1,
    ["data"],
  ],
  [
    "the first style that fits where both do",
    [cursor, search],
    query("page", "starting_after"),
    object({ data: list }),
    0,
    ["data"],
  ],
  ["no page without the cursor's parameter", [cursor], query("limit"), object({ data: list }), undefined, undefined],
  [
    "no page where the items are no array",
    [cursor],
    query("starting_after"),
    object({ data: object({}) }),
    undefined,
    undefined,
  ],
  [
    "items through allOf and nullable",
    [cursor],
    query("starting_after"),
    { allOf: [object({ a: {} }), object({ data: { ...list, nullable: true } })] },
    0,
    ["data"],
  ],
  [
    "items through anyOf with null",
    [cursor],
    query("starting_after"),
    { anyOf: [object({ data: { anyOf: [list, { type: "null" }] } }), { type: "null" }] },
    0,
    ["data"],
  ],
  [
    "a type list with null",
    [cursor],
    query("starting_after"),
    { type: ["object", "null"], properties: { data: { type: ["array", "null"], items: {} } } },
    0,
    ["data"],
  ],
  [
    "no page where anyOf leaves it open",
    [cursor],
    query("starting_after"),
    { properties: { data: list }, anyOf: [{ required: ["data"] }, {}] },
    undefined,
    undefined,
  ],
  ["an array without a type", [cursor], query("starting_after"), object({ data: { items: {} } }), 0, ["data"]],
  ["an offset", [offset], query("offset"), object({ rows: list }), 0, ["rows"]],
  ["a bare array behind a Link header", [link], query("page"), list, 0, []],
  [
    "the only array behind a Link header",
    [link],
    query("per_page"),
    object({ total_count: {}, items: list }),
    0,
    ["items"],
  ],
  [
    "no page of two arrays behind a Link header",
    [link],
    query("page"),
    object({ a: list, b: list }),
    undefined,
    undefined,
  ],
  ["no page behind a Link header without its parameters", [link], query("q"), list, undefined, undefined],
  ["a next URL with the only array", [next], [], object({ meta: object({ next: {} }), calls: list }), 0, ["calls"]],
  [
    "a next URL with the items in their place",
    [next],
    [],
    object({ meta: object({ next: {} }), items: list, other: list }),
    0,
    ["items"],
  ],
  ["no page without the next URL", [next], [], object({ meta: object({}), items: list }), undefined, undefined],
  [
    "items elsewhere where the page holds the cursor",
    [search],
    query("page"),
    object({ next_page: {}, members: list }),
    0,
    ["members"],
  ],
  ["no items elsewhere where it does not", [search], query("page"), object({ members: list }), undefined, undefined],
  [
    "items in their place in a later style before items elsewhere in an earlier",
    [{ ...search, items: ["rows"] }, search],
    query("page"),
    object({ next_page: {}, data: list }),
    1,
    ["data"],
  ],
])("finds %s", (_title, pagination, parameters, schema, style, items) => {
  const page = findPage(onlyOperation({ parameters, responses: answer(schema) }), readProfile({ pagination }));
  expect([page?.style, page?.items]).toEqual([style, items]);
});

const byPath = { kind: "link-header", items: "by-path" };
const two = object({ total: {}, check_runs: list, other: list });

test.each([
  ["a page that is a list itself", "/repos/{owner}/keys", list, []],
  ["the list named like the path, beside another", "/repos/{ref}/check-runs", two, ["check_runs"]],
  ["the list named like the path before a placeholder", "/CheckRuns/{id}", two, ["check_runs"]],
  ["the list named like the path without its ending", "/check_runs.json", two, ["check_runs"]],
  ["the only list where none has that name", "/runs", object({ check_runs: list }), ["check_runs"]],
  ["no list where several have other names", "/runs", two, undefined],
])("by path, finds %s", (_title, path, schema, items) => {
  const operation = onlyOperation({ parameters: query("page"), responses: answer(schema) }, { path });
  expect(findPage(operation, readProfile({ pagination: [byPath] }))?.items).toEqual(items);
});

test("finds a cursor in a JSON body, through a reference", () => {
  const components = { schemas: { Search: object({ after: { type: "string" } }), Page: object({ results: list }) } };
  const operation = {
    requestBody: { content: { "application/json": { schema: { $ref: "#/components/schemas/Search" } } } },
    responses: answer({ $ref: "#/components/schemas/Page" }),
  };
  const profile = readProfile({ pagination: [inBody] });
  expect(findPage(onlyOperation(operation, { method: "post", components }), profile)?.items).toEqual(["results"]);
});

test("takes a JSON answer of any 2xx, and no other", () => {
  const profile = readProfile({ pagination: [cursor] });
  const found = (responses: object) =>
    findPage(onlyOperation({ parameters: query("starting_after"), responses }), profile)?.status;
  expect(found(answer(object({ data: list }), "2XX"))).toBe("2XX");
  expect(found(answer(object({ data: list }), "206", "application/vnd.acme+json"))).toBe("206");
  expect(found(answer(object({ data: list }), "400"))).toBeUndefined();
  expect(found(answer(object({ data: list }), "200", "text/csv"))).toBeUndefined();
});

test("a path is one list: the GET before the POST; writes are none", () => {
  const operation = { parameters: query("starting_after"), responses: answer(object({ data: list })) };
  const document = sampleDocument({
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

test("a schema that is made of itself is no page, and no endless search", () => {
  const components = { schemas: { Loop: { allOf: [{ $ref: "#/components/schemas/Loop" }] } } };
  const operation = onlyOperation(
    { parameters: query("starting_after"), responses: answer({ $ref: "#/components/schemas/Loop" }) },
    { components },
  );
  expect(findPage(operation, readProfile({ pagination: [cursor] }))).toBeUndefined();
});
