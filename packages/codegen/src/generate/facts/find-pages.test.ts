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

const text = { type: "string" };
const list = { type: "array", items: { type: "object", properties: { id: text } } };
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
    { pagination: [cursor, search], parameters: query("page"), schema: object({ data: list, next_page: text }) },
    { style: 1, items: ["data"] },
  ],
  [
    "the style whose cursor is in the page, if both match",
    {
      pagination: [cursor, search],
      parameters: query("page", "starting_after"),
      schema: object({ data: list, next_page: text }),
    },
    { style: 1, items: ["data"] },
  ],
  [
    "the first style if the page has no other cursor",
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
      schema: { type: ["object", "null"], properties: { data: { ...list, type: ["array", "null"] } } },
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
    {
      pagination: [cursor],
      parameters: query("starting_after"),
      schema: object({ data: { items: object({ id: {} }) } }),
    },
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
    { pagination: [link], parameters: query("page"), schema: object({ b: list, c: list }) },
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
  ...[object({ starting_after: text }), list, { type: "boolean" }, { oneOf: [text, object({ href: text })] }].flatMap(
    (schema): [string, { pagination: object[]; parameters: object[]; schema: object }, undefined][] => [
      [
        `no page whose cursor is ${JSON.stringify(schema)}`,
        { pagination: [search], parameters: query("page"), schema: object({ data: list, next_page: schema }) },
        undefined,
      ],
      [
        `no page whose next URL is ${JSON.stringify(schema)}`,
        { pagination: [next], parameters: [], schema: object({ items: list, meta: object({ next: schema }) }) },
        undefined,
      ],
    ],
  ),
  [
    "no page whose items have no id for the cursor",
    {
      pagination: [cursor],
      parameters: query("starting_after"),
      schema: object({ data: { type: "array", items: object({ uid: text }) } }),
    },
    undefined,
  ],
  [
    "no page of which one kind of items has no id",
    {
      pagination: [cursor],
      parameters: query("starting_after"),
      schema: object({ data: { type: "array", items: { anyOf: [object({ id: text }), object({ uid: text })] } } }),
    },
    undefined,
  ],
  [
    "a cursor that is an id, if every kind of items has it",
    {
      pagination: [cursor],
      parameters: query("starting_after"),
      schema: object({
        data: { type: "array", items: { anyOf: [object({ id: text }), object({ id: { type: "integer" } })] } },
      }),
    },
    { style: 0, items: ["data"] },
  ],
  [
    "no page that takes ids of both directions, if the style knows one of them",
    {
      pagination: [cursor],
      parameters: query("starting_after", "before"),
      schema: object({ data: list }),
    },
    undefined,
  ],
  [
    "a page that takes ids of both directions, if the style knows them",
    {
      pagination: [{ ...cursor, opposite: "ending_before" }],
      parameters: query("starting_after", "ending_before"),
      schema: object({ data: list }),
    },
    { style: 0, items: ["data"] },
  ],
  [
    "no page whose offset is a text, as a cursor is",
    {
      pagination: [offset],
      parameters: [{ name: "offset", in: "query", schema: text }],
      schema: object({ rows: list }),
    },
    undefined,
  ],
  [
    "the style with the parameter that must be asked for, where an operation has it",
    {
      pagination: [search, { ...search, ask: { in: "query", name: "use_page", value: true } }],
      parameters: query("page", "use_page"),
      schema: object({ data: list, next_page: text }),
    },
    { style: 1, items: ["data"] },
  ],
  [
    "the style without it, where an operation does not have it",
    {
      pagination: [{ ...search, ask: { in: "query", name: "use_page", value: true } }, search],
      parameters: query("page"),
      schema: object({ data: list, next_page: text }),
    },
    { style: 1, items: ["data"] },
  ],
  [
    "the link in a list of links",
    {
      pagination: [{ kind: "next-url", items: ["items"], next: ["links"], link: { rel: "rel", href: "href" } }],
      parameters: query("page_size"),
      schema: object({ items: list, links: { type: "array", items: object({ rel: text, href: text }) } }),
    },
    { style: 0, items: ["items"] },
  ],
])("findPage finds %s", (_title, { pagination, parameters, schema }, want) => {
  const page = findPage(onlyOperation({ parameters, responses: response(schema) }), readProfile({ pagination }));
  expect(page && { style: page.style, items: page.items }).toEqual(want);
});

test("findPage finds a cursor in a JSON body behind a reference", () => {
  const page = object({ results: list, paging: object({ after: text }) });
  const components = { schemas: { Search: object({ after: text }), Page: page } };
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

test("a POST whose body has the items, too, is not a list", () => {
  const style = {
    kind: "page-number",
    items: ["rows"],
    into: { in: "body", inside: ["paging"], name: "page" },
    first: 1,
  };
  const paging = object({ page: { type: "integer" } });
  const operation = (body: object) => ({
    requestBody: { content: { "application/json": { schema: body } } },
    responses: response(object({ rows: list, paging })),
  });
  const find = (body: object) =>
    findPage(onlyOperation(operation(body), { method: "post" }), readProfile({ pagination: [style] }));
  expect(find(object({ paging }))?.items).toEqual(["rows"]);
  expect(find(object({ paging, rows: list }))).toBeUndefined();
});
