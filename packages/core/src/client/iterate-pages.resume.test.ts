import { describe, expect, test } from "vitest";
import { createAcme } from "../../test/acme.js";
import { rejection } from "../../test/call.js";
import { afterItem, collect, ids, idsOf, items, lastItem, listOf, type PageRequest } from "../../test/paged-list.js";
import { ConfigurationError } from "../errors/connectry-error.js";
import type { ListPage } from "../index.js";
import type { Pagination } from "../provider/profile.js";

const threesFrom = (start: number) => items.slice(start, start + 3);
const offsetOf = ({ query }: PageRequest) => Number(query.get("offset") ?? 0);
const linkTo = (start: number) => (start < 7 ? `/things?offset=${start}` : null);
const styles: [string, Pagination, Parameters<typeof listOf>[1]][] = [
  ["the id of the last item", lastItem, afterItem],
  [
    "an offset",
    { kind: "offset", items: ["data"], into: { in: "query", name: "offset" }, size: "limit", total: ["total"] },
    (request) => ({ body: { data: threesFrom(offsetOf(request)), total: 7 } }),
  ],
  [
    "a URL",
    { kind: "next-url", items: ["data"], next: ["next"] },
    (request) => ({ body: { data: threesFrom(offsetOf(request)), next: linkTo(offsetOf(request) + 3) } }),
  ],
  [
    "the Link header",
    { kind: "link-header", items: ["data"] },
    (request) => ({
      body: { data: threesFrom(offsetOf(request)) },
      headers: { link: `<${linkTo(offsetOf(request) + 3) ?? ""}>; rel="next"` },
    }),
  ],
];

describe.each(styles)("with %s", (_, style, respond) => {
  test("an iteration that starts from the cursor of any page, stored as JSON, yields the pages after it", async () => {
    const pages = await collect(listOf(style, respond).acme.paginate("/things").pages());
    expect(pages.map((page) => page.items.length)).toEqual([3, 3, 1]);
    expect(pages.map((page) => page.cursor === undefined)).toEqual([false, false, true]);
    for (const [index, { cursor }] of pages.slice(0, -1).entries()) {
      const startFrom = JSON.parse(JSON.stringify(cursor)) as string;
      const { acme } = listOf(style, respond);
      expect(await idsOf(acme.paginate("/things", { startFrom }))).toEqual(ids.slice(3 * (index + 1)));
    }
  });

  test("a page has the cursor at which maxPages ended the iteration", async () => {
    const { acme } = listOf(style, respond);
    const [page] = (await collect(acme.paginate("/things", { maxPages: 1 }).pages())) as ListPage<unknown, unknown>[];
    const startFrom = page?.cursor;
    expect(startFrom).toBeDefined();
    expect(await idsOf(acme.paginate("/things", { startFrom }))).toEqual(ids.slice(3));
  });

  test("with prefetch the same items come, by the same requests", async () => {
    const [plain, ahead] = [listOf(style, respond), listOf(style, respond)];
    expect(await idsOf(plain.acme.paginate("/things"))).toEqual(ids);
    expect(await idsOf(ahead.acme.paginate("/things", { prefetch: true }))).toEqual(ids);
    expect(ahead.requests).toEqual(plain.requests);
  });
});

test.each<[string | number]>([["https://evil.test/things?page=2"], ["//evil.test/"], [""]])(
  "R42: startFrom %j sends nothing to another origin",
  async (startFrom) => {
    const { acme, requests } = listOf({ kind: "next-url", items: ["data"], next: ["next"] }, () => ({ body: {} }));
    expect(await rejection(collect(acme.paginate("/things", { startFrom })))).toBeInstanceOf(ConfigurationError);
    expect(requests).toEqual([]);
  },
);

describe("prefetch", () => {
  test("requests one page ahead, and not one more than maxPages", async () => {
    const { acme, requests } = listOf(lastItem, afterItem);
    const iterator = acme.paginate("/things", { prefetch: true, maxPages: 2 })[Symbol.asyncIterator]();
    const counts: number[] = [];
    for (;;) {
      const { done } = await iterator.next();
      // The request is sent in the meantime.
      await new Promise((resolve) => setImmediate(resolve));
      if (done) break;
      counts.push(requests.length);
    }
    expect(counts).toEqual(Array(6).fill(2));
  });

  test("aborts the request for the page ahead when the caller stops", async () => {
    let aborted: unknown;
    const fetch = (async (_url: string, init: RequestInit) => {
      if (aborted === undefined) {
        aborted = false;
        return Response.json({ data: threesFrom(0), has_more: true });
      }
      return new Promise((_, reject) => {
        init.signal?.addEventListener("abort", () => {
          aborted = true;
          reject(init.signal?.reason);
        });
      });
    }) as typeof globalThis.fetch;
    const acme = createAcme({ fetch }, { pagination: [lastItem] });
    for await (const _ of acme.paginate("/things", { prefetch: true })) {
      await new Promise((resolve) => setImmediate(resolve));
      break;
    }
    await new Promise((resolve) => setImmediate(resolve));
    expect(aborted).toBe(true);
  });

  test("reports the error of the page ahead after the items of the page before", async () => {
    const { acme } = listOf(lastItem, (request, count) => (count === 1 ? afterItem(request) : { body: { data: 1 } }));
    const seen: unknown[] = [];
    const error = await rejection(
      (async () => {
        for await (const item of acme.paginate("/things", { prefetch: true })) seen.push(item);
      })(),
    );
    expect(error.message).toMatch(/page 2: expected an array at `data`/);
    expect(seen).toHaveLength(3);
  });
});
