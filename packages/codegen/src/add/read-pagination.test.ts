import { describe, expect, test } from "vitest";
import { draft, type Json, json, list, object, pets, query, text, whole } from "../../test/draft-pets.js";

describe("readPagination", () => {
  const page = (parameters: readonly Json[], schema: unknown, more: Json = {}) =>
    pets({ parameters, responses: { 200: json(schema, more) } });
  const flag = { type: "boolean" };
  const items = { type: "array", items: object({ id: text }) };
  const byItem = (name: string, ...path: string[]) => ({
    kind: "cursor",
    from: { lastItem: path.length > 0 ? path : ["id"] },
    into: { in: "query", name },
  });
  const cursor = (name: string, ...body: string[]) => ({ kind: "cursor", from: { body }, into: { in: "query", name } });

  test.each<[string, Json, Json | undefined]>([
    [
      "a cursor",
      page(query("pageToken"), object({ pets: list, nextPageToken: text })),
      { ...cursor("pageToken", "nextPageToken"), items: "by-path" },
    ],
    [
      "a nested cursor",
      page(query("after"), object({ results: list, paging: object({ next: object({ after: text }) }) })),
      { ...cursor("after", "paging", "next", "after"), items: ["results"] },
    ],
    [
      "a cursor with the name of the parameter",
      page(query("NextToken"), object({ Rows: list, NextToken: text })),
      { ...cursor("NextToken", "NextToken"), items: ["Rows"] },
    ],
    [
      "a scroll",
      page(query("scroll_param"), object({ data: list, scroll_param: text })),
      { ...cursor("scroll_param", "scroll_param"), scrolls: true, items: ["data"] },
    ],
    [
      "the URL of the next page",
      page(query("limit"), object({ value: list, nextLink: text })),
      { kind: "next-url", next: ["nextLink"], items: ["value"] },
    ],
    [
      "a URL among links",
      page([], object({ items: list, _links: object({ next: object({ href: text }) }) })),
      { kind: "next-url", next: ["_links", "next", "href"], items: ["items"] },
    ],
    [
      "a URL next to that of the previous page",
      page([], object({ results: list, next: text, previous: text })),
      { kind: "next-url", next: ["next"], items: ["results"] },
    ],
    [
      "the Link header",
      page(query("page", "per_page"), list, { headers: { Link: { schema: text } } }),
      { kind: "link-header", items: [] },
    ],
    [
      "an offset",
      page(query("offset", "limit"), object({ data: list })),
      { kind: "offset", into: { in: "query", name: "offset" }, size: "limit", items: ["data"] },
    ],
    [
      "a page number",
      page(query("page"), list),
      { kind: "page-number", into: { in: "query", name: "page" }, first: 1, items: [] },
    ],
    [
      "a page number from 0",
      page([{ name: "page", in: "query", schema: { type: "integer", default: 0 } }], list),
      { kind: "page-number", into: { in: "query", name: "page" }, first: 0, items: [] },
    ],
    [
      "an id of the last item, where the page has its last id",
      page(query("after", "limit"), object({ data: items, last_id: text, has_more: flag })),
      { ...byItem("after"), items: ["data"], more: ["has_more"] },
    ],
    [
      "an id of the last item, where the page says that there is more",
      page(query("after", "before"), object({ data: items, has_more: flag })),
      { ...byItem("after"), opposite: "before", items: ["data"], more: ["has_more"] },
    ],
    [
      "the last id of the page, where its items have none",
      page(query("after"), object({ data: list, last_id: text, has_more: flag })),
      { ...cursor("after", "last_id"), items: ["data"], more: ["has_more"] },
    ],
    ["an id of a bare list that only goes on", page(query("after"), items), { ...byItem("after"), items: [] }],
    [
      "an id inside of the items",
      page(query("after"), { type: "array", items: object({ roles: list, user: object({ id: text }) }) }),
      { ...byItem("after", "user", "id"), items: [] },
    ],
    [
      "an offset that is a cursor, and the parameter that must be asked for",
      page(
        [
          { name: "limit", in: "query", schema: { type: "integer", maximum: 100 } },
          { name: "offset", in: "query", schema: text },
        ],
        object({
          data: list,
          next_page: {
            ...object({ offset: text, uri: text }),
            description: "*Conditional*. This property is only present when a limit query parameter is provided.",
          },
        }),
      ),
      {
        ...cursor("offset", "next_page", "offset"),
        items: ["data"],
        ask: { in: "query", name: "limit", value: 100 },
      },
    ],
    [
      "a parameter that turns paging on",
      page(
        [...query("marker", "offset", "limit"), { name: "usemarker", in: "query", schema: flag }],
        object({ entries: list, order: list, next_marker: text, total_count: whole }),
      ),
      {
        ...cursor("marker", "next_marker"),
        items: ["entries"],
        ask: { in: "query", name: "usemarker", value: true },
      },
    ],
    [
      "an offset with its total",
      page(query("offset", "limit"), object({ data: list, meta: object({ total: whole }) })),
      {
        kind: "offset",
        into: { in: "query", name: "offset" },
        size: "limit",
        items: ["data"],
        total: ["meta", "total"],
      },
    ],
    [
      "an offset without the total of something else",
      page(query("offset", "limit"), object({ data: list, invoice: object({ total: whole }) })),
      { kind: "offset", into: { in: "query", name: "offset" }, size: "limit", items: ["data"] },
    ],
    [
      "an offset from 1",
      page(
        [{ name: "startIndex", in: "query", schema: { type: "integer", default: 1 } }, ...query("limit")],
        object({ Resources: list, totalResults: whole }),
      ),
      {
        kind: "offset",
        into: { in: "query", name: "startIndex" },
        size: "limit",
        first: 1,
        items: ["Resources"],
        total: ["totalResults"],
      },
    ],
    [
      "a page number, the number of pages, and the last flag",
      page(query("page"), object({ content: list, last: flag, totalPages: whole, totalElements: whole })),
      {
        kind: "page-number",
        into: { in: "query", name: "page" },
        first: 1,
        items: ["content"],
        last: ["last"],
        total: ["totalElements"],
        pages: ["totalPages"],
      },
    ],
    [
      "the next of a list of links",
      page(
        query("page_size"),
        object({ items: list, links: { type: "array", items: object({ href: text, rel: text }) } }),
      ),
      { kind: "next-url", next: ["links"], link: { rel: "rel", href: "href" }, items: ["items"] },
    ],
    [
      "no style from the links of an object",
      page(
        query("fields"),
        object({ items: list, links: { type: "array", items: object({ href: text, rel: text }) } }),
      ),
      undefined,
    ],
    [
      "no style from a cursor that is an object",
      page(query("after"), object({ data: list, next: object({ a: text }) })),
      undefined,
    ],
    ["no style from an offset without a size", page(query("offset"), list), undefined],
    ["no style from a cursor that is not returned", page(query("cursor"), object({ data: list })), undefined],
    ["no style where there is no list", page(query("page"), object({ a: text })), undefined],
    ["no style where several lists compete", page(query("page"), object({ a: list, b: list })), undefined],
    ["no style where the only list is that of errors", page(query("page"), object({ errors: list })), undefined],
  ])("reads %s", (_, document, style) => {
    expect(draft(document).value.pagination ?? []).toEqual(style === undefined ? [] : [style]);
  });

  test("a cursor inside of an object of a POST's body", () => {
    const body = {
      requestBody: json(object({ filter: text, pagination: object({ per_page: whole, starting_after: text }) })),
    };
    const next = object({ starting_after: text });
    const post = { ...body, responses: { 200: json(object({ data: list, pages: object({ next }) })) } };
    expect(draft({ ...pets(), paths: { "/pets/search": { post } } }).value.pagination).toEqual([
      {
        kind: "cursor",
        items: ["data"],
        from: { body: ["pages", "next", "starting_after"] },
        into: { in: "body", inside: ["pagination"], name: "starting_after" },
      },
    ]);
  });

  test.each<[order: string, name: string, opposite: string]>([
    ["Returns the messages, newest first.", "before", "after"],
    ["Returns the messages in reverse chronological order.", "before", "after"],
    ["Returns the messages, oldest first.", "after", "before"],
    ["Returns the messages in chronological order.", "after", "before"],
  ])("ids of both directions: %j goes on by %s", (description, name, opposite) => {
    const document = pets({ description, parameters: query("before", "after"), responses: { 200: json(items) } });
    expect(draft(document).value.pagination).toEqual([{ ...byItem(name), opposite, items: [] }]);
  });

  test("a list of ids of both directions whose order is not known is not iterated, and the profile says so", () => {
    const { value, todos } = draft(page(query("before", "after"), items));
    expect(value.pagination).toEqual([]);
    expect(todos.pagination).toMatch(/^lists that cannot be iterated: GET \/pets\. .*`before`.*x-connectry-page/);
  });

  test("the same names in two lists, of which one has a cursor that is an object: only the other is iterated", () => {
    const get = (next: unknown) => ({ get: page(query("after"), object({ data: list, next })).paths["/pets"].get });
    const document = { ...pets(), paths: { "/a": get(text), "/b": get(object({ starting_after: text })) } };
    expect(draft(document).value.pagination).toEqual([{ ...cursor("after", "next"), items: ["data"] }]);
  });
});
