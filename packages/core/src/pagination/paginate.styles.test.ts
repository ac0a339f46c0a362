import { describe, expect, test } from "vitest";
import { createAcme } from "../../test/acme.js";
import { type Asked, afterItem, ids, idsOf, items, lastItem, listOf } from "../../test/paged-list.js";
import { serveWith } from "../../test/serve.js";
import type { Pagination } from "../connector/profile.js";

describe("walks to the end, each item once", () => {
  test("by the last item of a page", async () => {
    const { acme, asked } = listOf(lastItem, afterItem);
    expect(await idsOf(acme.paginate("/things", { params: { query: { limit: 3 } } }))).toEqual(ids);
    expect(asked.map(({ query }) => [query.get("limit"), query.get("starting_after")])).toEqual([
      ["3", null],
      ["3", "id-3"],
      ["3", "id-6"],
    ]);
  });

  test("by a cursor of the page, in the query", async () => {
    const style: Pagination = {
      kind: "cursor",
      items: ["results"],
      from: { body: ["paging", "next", "after"] },
      into: { in: "query", name: "after" },
    };
    const { acme } = listOf(style, ({ query }) => {
      const start = Number(query.get("after") ?? 0);
      const next = start + 3 < 7 ? { paging: { next: { after: String(start + 3) } } } : {};
      return { body: { results: items.slice(start, start + 3), ...next } };
    });
    expect(await idsOf(acme.paginate("/things"))).toEqual(ids);
  });

  test.each([[null], [""], [undefined]])("by a cursor in the body of a POST; %j is the end", async (end) => {
    const style: Pagination = {
      kind: "cursor",
      items: [],
      from: { body: [0, "next"] },
      into: { in: "body", name: "page" },
    };
    const { acme, asked } = listOf(
      style,
      ({ body }) => ({
        body: [{ id: `id-${body?.page ?? 0}`, next: Number(body?.page ?? 0) < 2 ? Number(body?.page ?? 0) + 1 : end }],
      }),
      { facts: { method: "POST" } },
    );
    const given = { filter: "x" };
    expect(await idsOf(acme.paginate("/things", { body: given }))).toEqual(["id-0", "id-1", "id-2"]);
    expect(asked.map(({ method, body }) => [method, body])).toEqual([
      ["POST", { filter: "x" }],
      ["POST", { filter: "x", page: 1 }],
      ["POST", { filter: "x", page: 2 }],
    ]);
    expect(given).toEqual({ filter: "x" });
  });

  test("by the Link header", async () => {
    const { acme, asked } = listOf({ kind: "link-header", items: [] }, ({ query }) => {
      const page = Number(query.get("page") ?? 1);
      const link =
        page < 3
          ? `</things?page=${page + 1}&q=a%20b>; rel="next", </things?page=3>; rel="last"`
          : `</things>; rel="first"`;
      return { body: items.slice((page - 1) * 3, page * 3), headers: { link } };
    });
    expect(await idsOf(acme.paginate("/things", { params: { query: { q: "a b" } } }))).toEqual(ids);
    expect(asked.map(({ url }) => url.replace("https://api.acme.test", ""))).toEqual([
      "/things?q=a%20b",
      "/things?page=2&q=a%20b",
      "/things?page=3&q=a%20b",
    ]);
  });

  test.each(["", "https://api.acme.test"])("by a URL of the page, relative or absolute (%j)", async (origin) => {
    const { acme } = listOf({ kind: "next-url", items: ["list"], next: ["meta", "next"] }, ({ query }) => {
      const page = Number(query.get("page") ?? 1);
      return {
        body: {
          list: items.slice((page - 1) * 3, page * 3),
          meta: { next: page < 3 ? `${origin}/things?page=${page + 1}` : null },
        },
      };
    });
    expect(await idsOf(acme.paginate("/things"))).toEqual(ids);
  });

  test("by an offset, until a page is shorter than asked for, or empty", async () => {
    const style: Pagination = { kind: "offset", items: ["data"], into: { in: "query", name: "offset" }, size: "limit" };
    const answer = ({ query }: Asked) => {
      const start = Number(query.get("offset") ?? 0);
      return { body: { data: items.slice(start, start + 3) } };
    };
    const sized = listOf(style, answer);
    expect(await idsOf(sized.acme.paginate("/things", { params: { query: { limit: 3 } } }))).toEqual(ids);
    expect(sized.asked.map(({ query }) => query.get("offset"))).toEqual([null, "3", "6"]);
    const unsized = listOf(style, answer);
    expect(await idsOf(unsized.acme.paginate("/things"))).toEqual(ids);
    expect(unsized.asked).toHaveLength(4);
    const later = listOf(style, answer);
    expect(await idsOf(later.acme.paginate("/things", { params: { query: { offset: 4 } } }))).toEqual(ids.slice(4));
  });

  test("by an offset in the body", async () => {
    const style: Pagination = { kind: "offset", items: ["rows"], into: { in: "body", name: "offset" }, size: "limit" };
    const { acme, asked } = listOf(
      style,
      ({ body }) => ({ body: { rows: items.slice(Number(body?.offset ?? 0), Number(body?.offset ?? 0) + 4) } }),
      { facts: { method: "POST" } },
    );
    expect(await idsOf(acme.paginate("/things", { body: { limit: "4" } }))).toEqual(ids);
    expect(asked).toHaveLength(2);
  });

  test.each([0, 1])("by page numbers from %i", async (first) => {
    const style: Pagination = { kind: "page-number", items: ["data"], into: { in: "query", name: "page" }, first };
    const { acme, asked } = listOf(style, ({ query }) => {
      const page = Number(query.get("page") ?? first) - first;
      return { body: { data: items.slice(page * 3, page * 3 + 3) } };
    });
    expect(await idsOf(acme.paginate("/things"))).toEqual(ids);
    expect(asked.map(({ query }) => query.get("page"))).toEqual(
      [null, first + 1, first + 2, first + 3].map((n) => (n === null ? n : String(n))),
    );
  });

  test("by another style, method and place where the facts say so", async () => {
    const other: Pagination = {
      kind: "cursor",
      items: ["data"],
      from: { body: ["next_page"] },
      into: { in: "query", name: "page" },
    };
    const { acme } = listOf(
      [lastItem, other],
      ({ query }) => ({
        body: { found: [{ id: query.get("page") ?? "first" }], next_page: query.get("page") ? null : "p2" },
      }),
      {
        facts: { style: 1, items: ["found"] },
      },
    );
    expect(await idsOf(acme.paginate("/things"))).toEqual(["first", "p2"]);
  });

  test("over a real connection, and meets a 503 on the way", async () => {
    let failed = false;
    const server = await serveWith(({ query }) => {
      if (query.starting_after === "id-3" && !failed) {
        failed = true;
        return { status: 503 };
      }
      const { body } = afterItem({
        query: new URLSearchParams(query as Record<string, string>),
        body: undefined,
        url: "",
        method: "GET",
      });
      return { body };
    });
    const acme = createAcme({ baseUrl: server.url, random: () => 0 }, { pagination: [lastItem] });
    expect(await idsOf(acme.paginate("/things"))).toEqual(ids);
    expect(server.requests).toHaveLength(4);
  });
});
