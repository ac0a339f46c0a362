import { describe, expect, test } from "vitest";
import { rejection } from "../../test/call.js";
import { afterItem, collect, ids, idsOf, items, lastItem, listOf } from "../../test/paged-list.js";
import { ResponseParseError } from "../errors/call-errors.js";
import { ConfigurationError } from "../errors/connectry-error.js";
import type { Pagination } from "../provider/profile.js";

const byCursor: Pagination = {
  kind: "cursor",
  items: ["data"],
  from: { body: ["next"] },
  into: { in: "query", name: "after" },
};
const byOffset: Pagination = {
  kind: "offset",
  items: ["data"],
  into: { in: "query", name: "offset" },
  size: "limit",
};
const byNumber: Pagination = { kind: "page-number", items: ["data"], into: { in: "query", name: "page" }, first: 1 };
const byUrl: Pagination = { kind: "next-url", items: ["data"], next: ["next"] };

describe("R56: a list does not end in silence", () => {
  test.each<[title: string, style: Pagination, page: object, message: RegExp]>([
    [
      "its cursor is an object",
      byCursor,
      { next: { page: 2, starting_after: "x" } },
      /page 1: a text or a number .*got \{"page"/,
    ],
    ["its cursor is an array", byCursor, { next: ["x"] }, /got \["x"\]/],
    ["its cursor is true", byCursor, { next: true }, /got true/],
    ["its URL is an object", byUrl, { next: { href: "/things?page=2" } }, /got \{"href"/],
    [
      "there is more, and no cursor",
      { ...byCursor, more: ["has_more"] },
      { has_more: true },
      /there is more, and not where/,
    ],
    [
      "there is more, and the cursor is null",
      { ...byCursor, more: ["has_more"] },
      { has_more: true, next: null },
      /not where/,
    ],
    ["it is not the last page, and there is no URL", { ...byUrl, last: ["done"] }, { done: false }, /not where/],
    ["there is more, and no item", { ...lastItem, items: ["none"] }, { has_more: true, none: [] }, /not where/],
    [
      "there is more, and no item at the offset",
      { ...byOffset, items: ["none"], more: ["has_more"] },
      { has_more: true, none: [] },
      /not where/,
    ],
    [
      "there is more, and no item on the page",
      { ...byNumber, items: ["none"], more: ["has_more"] },
      { has_more: true, none: [] },
      /not where/,
    ],
    [
      "its last item has no id",
      { ...lastItem, from: { lastItem: ["uid"] } },
      { has_more: true },
      /a cursor at `uid` of the last item/,
    ],
  ])("where %s: after the items of the page, an error", async (...[, style, page, message]) => {
    const { acme, requests } = listOf(style, () => ({ body: { data: [{ id: "a" }], ...page } }));
    const seen: unknown[] = [];
    const error = await rejection(
      (async () => {
        for await (const item of acme.paginate("/things")) seen.push(item);
      })(),
    );
    expect(error).toBeInstanceOf(ResponseParseError);
    expect(error.message).toMatch(message);
    expect(error.message).toMatch(/^GET \/things: page 1: /);
    expect(seen).toHaveLength("none" in page ? 0 : 1);
    expect(requests).toHaveLength(1);
    // A page is not yielded as the last one.
    expect(await rejection(collect(acme.paginate("/things").pages()))).toBeInstanceOf(ResponseParseError);
  });

  test("where the cursor is an id and the list begins with its newest item: an error, not the first items twice", async () => {
    const newestFirst = [...items].reverse();
    const style: Pagination = {
      kind: "cursor",
      items: [],
      from: { lastItem: ["id"] },
      into: { in: "query", name: "after" },
    };
    const { acme } = listOf(style, ({ query }) => {
      const after = query.get("after");
      // As a provider does whose `after` compares ids: the newest three of those after it.
      return { body: newestFirst.filter(({ id }) => after === null || id > after).slice(0, 3) };
    });
    const error = await rejection(collect(acme.paginate("/things")));
    expect(error).toBeInstanceOf(ResponseParseError);
    expect(error.message).toMatch(/page 2: .*another order/);
  });
});

describe("a list ends without another request", () => {
  const threes = (start: number) => items.slice(start, start + 3);
  test.each<[title: string, style: Pagination, page: (start: number) => object]>([
    ["offset, total", { ...byOffset, total: ["meta", "total"] }, () => ({ meta: { total: 7 } })],
    ["offset, more", { ...byOffset, more: ["has_more"] }, (start) => ({ has_more: start + 3 < 7 })],
    ["offset, last", { ...byOffset, last: ["isLast"] }, (start) => ({ isLast: start + 3 >= 7 })],
    ["page number, total", { ...byNumber, total: ["total"] }, () => ({ total: 7 })],
    [
      "page number, number of pages",
      { ...byNumber, pages: ["pages", "total_pages"] },
      () => ({ pages: { total_pages: 3 } }),
    ],
    ["page number, last", { ...byNumber, last: ["last"] }, (start) => ({ last: start + 3 >= 7 })],
  ])("by %s", async (_, style, page) => {
    const { acme, requests } = listOf(style, ({ query }) => {
      const start = Number(query.get("offset") ?? (Number(query.get("page") ?? 1) - 1) * 3);
      return { body: { data: threes(start), ...page(start) } };
    });
    expect(await idsOf(acme.paginate("/things"))).toEqual(ids);
    expect(requests).toHaveLength(3);
  });

  test("where a cursor is sent with the last page, too", async () => {
    const { acme, requests } = listOf({ ...byCursor, more: ["has_more"] }, () => ({
      body: { data: items, next: "id-7", has_more: false },
    }));
    expect(await idsOf(acme.paginate("/things"))).toEqual(ids);
    expect(requests).toHaveLength(1);
  });
});

test("a page whose flag or total is missing or of another type leads on as one that has none", async () => {
  const style: Pagination = { ...byOffset, more: ["has_more"], total: ["total"] };
  const { acme } = listOf(style, ({ query }) => {
    const start = Number(query.get("offset") ?? 0);
    return { body: { data: items.slice(start, start + 3), has_more: null, total: "about 3" } };
  });
  expect(await idsOf(acme.paginate("/things"))).toEqual(ids);
});

test("an empty page with a cursor is not the end", async () => {
  const { acme } = listOf(byCursor, ({ query }) =>
    query.get("after") ? { body: { data: items, next: null } } : { body: { data: [], next: "x" } },
  );
  expect(await idsOf(acme.paginate("/things"))).toEqual(ids);
});

describe("a scroll, whose cursor is the same on every page, ends with an empty page that leads on", () => {
  // https://developers.intercom.com/docs/references/rest-api/api.intercom.io/companies/scrolloverallcompanies
  const intercom: Pagination = {
    kind: "cursor",
    items: ["data"],
    from: { body: ["scroll_param"] },
    into: { in: "query", name: "scroll_param" },
    scrolls: true,
  };
  // "Zero hits mark the end of the scroll": https://www.elastic.co/guide/en/elasticsearch/client/java-api/current/java-search-scrolling.html
  const elasticsearch: Pagination = {
    kind: "cursor",
    items: ["hits", "hits"],
    from: { body: ["_scroll_id"] },
    into: { in: "body", name: "scroll_id" },
    scrolls: true,
  };
  const respond = (_: unknown, count: number) => {
    const data = items.slice(3 * (count - 1), 3 * count);
    return { body: { data, hits: { hits: data }, scroll_param: "s1", _scroll_id: "s1" } };
  };

  test.each([
    ["Intercom", intercom],
    ["Elasticsearch", elasticsearch],
  ])("%s", async (_, style) => {
    const { acme, requests } = listOf(style, respond);
    expect(await idsOf(acme.paginate("/things"))).toEqual(ids);
    expect(requests.map(({ query, body }) => query.get("scroll_param") ?? body?.scroll_id)).toEqual([
      undefined,
      "s1",
      "s1",
      "s1",
    ]);
  });

  test("the same cursor on every page of another list is an error", async () => {
    const { scrolls: _, ...style } = intercom;
    const { acme, requests } = listOf(style, respond);
    await expect(collect(acme.paginate("/things"))).rejects.toThrow("it leads back to an earlier page");
    expect(requests).toHaveLength(2);
  });
});

test("a parameter of the other direction is an error before any request, so that it never goes out with the cursor", async () => {
  const { acme, requests } = listOf({ ...lastItem, opposite: "ending_before" }, afterItem);
  const error = await rejection(collect(acme.paginate("/things", { params: { query: { ending_before: "id-5" } } })));
  expect(error).toBeInstanceOf(ConfigurationError);
  expect(error.message).toMatch(/`ending_before` cannot be paginated.*`starting_after`/);
  expect(requests).toEqual([]);
  expect(await idsOf(acme.paginate("/things", { params: { query: { ending_before: undefined } } }))).toEqual(ids);
});
