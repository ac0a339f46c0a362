import { describe, expect, test } from "vitest";
import { createAcme } from "../../test/acme.js";
import { afterItem, ids, idsOf, items, lastItem, listOf, type PageRequest } from "../../test/paged-list.js";
import { serveWith } from "../../test/serve.js";
import type { Pagination } from "../provider/profile.js";

describe("an iteration yields each item of the list once", () => {
  test("with a cursor that is the id of the last item", async () => {
    const { acme, requests } = listOf(lastItem, afterItem);
    expect(await idsOf(acme.paginate("/things", { params: { query: { limit: 3 } } }))).toEqual(ids);
    expect(requests.map(({ query }) => [query.get("limit"), query.get("starting_after")])).toEqual([
      ["3", null],
      ["3", "id-3"],
      ["3", "id-6"],
    ]);
  });

  test("with a cursor of the page that goes into the query", async () => {
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

  test.each([[null], [""], [undefined]])(
    "with a cursor that goes into the body of a POST, and ends where the cursor is %j",
    async (end) => {
      const style: Pagination = {
        kind: "cursor",
        items: [],
        from: { body: [0, "next"] },
        into: { in: "body", name: "page" },
      };
      const { acme, requests } = listOf(
        style,
        ({ body }) => ({
          body: [
            { id: `id-${body?.page ?? 0}`, next: Number(body?.page ?? 0) < 2 ? Number(body?.page ?? 0) + 1 : end },
          ],
        }),
        { facts: { method: "POST" } },
      );
      const given = { filter: "x" };
      expect(await idsOf(acme.paginate("/things", { body: given }))).toEqual(["id-0", "id-1", "id-2"]);
      expect(requests.map(({ method, body }) => [method, body])).toEqual([
        ["POST", { filter: "x" }],
        ["POST", { filter: "x", page: 1 }],
        ["POST", { filter: "x", page: 2 }],
      ]);
      expect(given).toEqual({ filter: "x" });
    },
  );

  test("with the Link header", async () => {
    const { acme, requests } = listOf({ kind: "link-header", items: [] }, ({ query }) => {
      const page = Number(query.get("page") ?? 1);
      const link =
        page < 3
          ? `</things?page=${page + 1}&q=a%20b>; rel="next", </things?page=3>; rel="last"`
          : `</things>; rel="first"`;
      return { body: items.slice((page - 1) * 3, page * 3), headers: { link: link } };
    });
    expect(await idsOf(acme.paginate("/things", { params: { query: { q: "a b" } } }))).toEqual(ids);
    expect(requests.map(({ url }) => url.replace("https://api.acme.test", ""))).toEqual([
      "/things?q=a%20b",
      "/things?page=2&q=a%20b",
      "/things?page=3&q=a%20b",
    ]);
  });

  test.each(["", "https://api.acme.test"])(
    "with a URL in the page, relative or absolute (origin %j)",
    async (origin) => {
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
    },
  );

  test("with an offset, until a page is empty", async () => {
    const style: Pagination = { kind: "offset", items: ["data"], into: { in: "query", name: "offset" }, size: "limit" };
    const respond = ({ query }: PageRequest) => {
      const start = Number(query.get("offset") ?? 0);
      return { body: { data: items.slice(start, start + 3) } };
    };
    const whole = listOf(style, respond);
    expect(await idsOf(whole.acme.paginate("/things"))).toEqual(ids);
    expect(whole.requests.map(({ query }) => query.get("offset"))).toEqual([null, "3", "6", "7"]);
    const later = listOf(style, respond);
    expect(await idsOf(later.acme.paginate("/things", { params: { query: { offset: 4 } } }))).toEqual(ids.slice(4));
  });

  test("with an offset, where the server returns fewer items than were asked for", async () => {
    const style: Pagination = { kind: "offset", items: ["data"], into: { in: "query", name: "offset" }, size: "limit" };
    const { acme, requests } = listOf(style, ({ query }) => {
      const start = Number(query.get("offset") ?? 0);
      return { body: { data: items.slice(start, start + 2) } };
    });
    expect(await idsOf(acme.paginate("/things", { params: { query: { limit: 250 } } }))).toEqual(ids);
    expect(requests.map(({ query }) => query.get("limit"))).toEqual(Array(5).fill("250"));
  });

  test.each<[provider: string, total: string]>([
    // "The `offset` should be increased by the previous `limit` and not by the size of the entries in the response array":
    // https://developer.box.com/guides/api-calls/pagination/offset-based
    ["Box", "total_count"],
    // "Add the fields offset and limit from the response": https://developers.miro.com/v1.0/reference/pagination
    ["Miro", "size"],
  ])("with an offset that grows by the limit of the page, as %s has it, where items are hidden", async (_, total) => {
    const into = { in: "query", name: "offset" } as const;
    const style = { kind: "offset", items: ["data"], into, size: "limit", step: ["limit"], total: [total] } as const;
    const hidden = [items[0], ...items.slice(2, 5)];
    const { acme, requests } = listOf(style, ({ query }) => {
      const start = Number(query.get("offset") ?? 0);
      const data = items.slice(start, start + 2).filter((item) => !hidden.includes(item));
      return { body: { data, limit: 2, offset: start, [total]: items.length } };
    });
    expect(await idsOf(acme.paginate("/things", { params: { query: { limit: 2 } } }))).toEqual([
      "id-2",
      "id-6",
      "id-7",
    ]);
    expect(requests.map(({ query }) => query.get("offset"))).toEqual([null, "2", "4", "6"]);
  });

  test("with an offset that grows by the number of items where the page does not say by how much", async () => {
    const into = { in: "query", name: "offset" } as const;
    const style = { kind: "offset", items: ["data"], into, size: "limit", step: ["limit"], total: ["total"] } as const;
    const { acme, requests } = listOf(style, ({ query }) => {
      const start = Number(query.get("offset") ?? 0);
      return { body: { data: items.slice(start, start + 3) } };
    });
    expect(await idsOf(acme.paginate("/things"))).toEqual(ids);
    expect(requests.map(({ query }) => query.get("offset"))).toEqual([null, "3", "6", "7"]);
  });

  test("with an offset that counts from 1", async () => {
    const into = { in: "query", name: "startIndex" } as const;
    const style: Pagination = { kind: "offset", items: ["Resources"], into, size: "count", first: 1 };
    const { acme, requests } = listOf(style, ({ query }) => {
      const start = Number(query.get("startIndex") ?? 1) - 1;
      return { body: { Resources: items.slice(start, start + 3) } };
    });
    expect(await idsOf(acme.paginate("/things"))).toEqual(ids);
    expect(requests.map(({ query }) => query.get("startIndex"))).toEqual([null, "4", "7", "8"]);
  });

  test("with a cursor inside an object of the body", async () => {
    const style: Pagination = {
      kind: "cursor",
      items: ["data"],
      from: { body: ["pages", "next", "starting_after"] },
      into: { in: "body", inside: ["pagination"], name: "starting_after" },
    };
    const { acme, requests } = listOf(
      style,
      ({ body }) => {
        const start = Number((body?.pagination as { starting_after?: string } | undefined)?.starting_after ?? 0);
        const next = start + 3 < 7 ? { next: { starting_after: String(start + 3) } } : {};
        return { body: { data: items.slice(start, start + 3), pages: next } };
      },
      { facts: { method: "POST" } },
    );
    expect(await idsOf(acme.paginate("/things", { body: { query: "x", pagination: { per_page: 3 } } }))).toEqual(ids);
    expect(requests.map(({ body }) => body)).toEqual([
      { query: "x", pagination: { per_page: 3 } },
      { query: "x", pagination: { per_page: 3, starting_after: "3" } },
      { query: "x", pagination: { per_page: 3, starting_after: "6" } },
    ]);
  });

  test("with the link of the list of links whose relation is next", async () => {
    const style: Pagination = {
      kind: "next-url",
      items: ["items"],
      next: ["links"],
      link: { rel: "rel", href: "href" },
    };
    const { acme } = listOf(style, ({ query }) => {
      const page = Number(query.get("page") ?? 1);
      const self = { rel: "self", href: "/things" };
      const next = { rel: "next", href: `/things?page=${page + 1}` };
      return { body: { items: items.slice((page - 1) * 3, page * 3), links: page < 3 ? [self, next] : [self] } };
    });
    expect(await idsOf(acme.paginate("/things"))).toEqual(ids);
  });

  test("where the provider pages only if it is asked to, unless the caller asks for something else", async () => {
    const style: Pagination = {
      kind: "cursor",
      items: ["data"],
      from: { body: ["next_page", "offset"] },
      into: { in: "query", name: "offset" },
      ask: { in: "query", name: "limit", value: 3 },
    };
    const respond = ({ query }: PageRequest) => {
      const limit = Number(query.get("limit") ?? items.length);
      const start = Number(query.get("offset") ?? 0);
      const end = start + limit;
      return { body: { data: items.slice(start, end), next_page: end < 7 ? { offset: String(end) } : null } };
    };
    const { acme, requests } = listOf(style, respond);
    expect(await idsOf(acme.paginate("/things"))).toEqual(ids);
    expect(await idsOf(acme.paginate("/things", { params: { query: { limit: 5 } } }))).toEqual(ids);
    expect(requests.map(({ query }) => query.get("limit"))).toEqual(["3", "3", "3", "5", "5"]);
  });

  test("with an offset that goes into the body", async () => {
    const style: Pagination = { kind: "offset", items: ["rows"], into: { in: "body", name: "offset" }, size: "limit" };
    const { acme, requests } = listOf(
      style,
      ({ body }) => ({ body: { rows: items.slice(Number(body?.offset ?? 0), Number(body?.offset ?? 0) + 4) } }),
      { facts: { method: "POST" } },
    );
    expect(await idsOf(acme.paginate("/things", { body: { limit: "4" } }))).toEqual(ids);
    expect(requests.map(({ body }) => body?.offset)).toEqual([undefined, 4, 7]);
  });

  test.each([0, 1])("with page numbers from %i", async (first) => {
    const style: Pagination = { kind: "page-number", items: ["data"], into: { in: "query", name: "page" }, first };
    const { acme, requests } = listOf(style, ({ query }) => {
      const page = Number(query.get("page") ?? first) - first;
      return { body: { data: items.slice(page * 3, page * 3 + 3) } };
    });
    expect(await idsOf(acme.paginate("/things"))).toEqual(ids);
    expect(requests.map(({ query }) => query.get("page"))).toEqual(
      [null, first + 1, first + 2, first + 3].map((n) => (n === null ? n : String(n))),
    );
  });

  test("with another pagination and place of the items where the facts name them", async () => {
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

  test("over a real connection, where one page is first a 503", async () => {
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
