import { describe, expect, test } from "vitest";
import { draft, type Json, json, list, object, pets, query, text } from "../../test/draft-pets.js";

describe("readPagination", () => {
  const page = (parameters: readonly Json[], schema: unknown, more: Json = {}) =>
    pets({ parameters, responses: { 200: json(schema, more) } });
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
    ["no style from an offset without a size", page(query("offset"), list), undefined],
    ["no style from a cursor that is not returned", page(query("cursor"), object({ data: list })), undefined],
    ["no style where there is no list", page(query("page"), object({ a: text })), undefined],
  ])("reads %s", (_, document, style) => {
    expect(draft(document).value.pagination).toEqual(style === undefined ? undefined : [style]);
  });
});
