import { fakeClock } from "@connectry/testing";
import { describe, expect, test } from "vitest";
import { createAcme } from "../../test/acme.js";
import { rejection } from "../../test/call.js";
import { afterItem, collect, ids, idsOf, items, lastItem, listOf } from "../../test/paged-list.js";
import { serveWith } from "../../test/serve.js";
import { stubFetch } from "../../test/stub-fetch.js";
import { ResponseParseError, TimeoutError } from "../errors/call-errors.js";
import { ConfigurationError } from "../errors/connectry-error.js";
import type { Pagination } from "../provider/profile.js";

describe("an iteration", () => {
  test("requests a page only when the items of the page before are used up, and stops when its caller does", async () => {
    const { acme, requests } = listOf(lastItem, afterItem);
    const seen: string[] = [];
    for await (const { id } of acme.paginate("/things")) {
      seen.push(id);
      expect(requests).toHaveLength(Math.ceil(seen.length / 3));
      if (seen.length === 4) break;
    }
    expect(requests).toHaveLength(2);
  });

  test("sends nothing before it starts, and starts at the first page each time", async () => {
    const { acme, requests } = listOf(lastItem, afterItem);
    const list = acme.paginate("/things");
    expect(requests).toHaveLength(0);
    expect(await idsOf(list)).toEqual(ids);
    expect(await idsOf(list)).toEqual(ids);
  });

  test("yields whole pages with pages()", async () => {
    const { acme } = listOf(lastItem, afterItem);
    const pages = await collect(acme.paginate("/things").pages());
    expect(pages.map(({ data, items }) => [items.length, data.has_more])).toEqual([
      [3, true],
      [3, true],
      [1, false],
    ]);
  });

  test("ends after maxPages", async () => {
    const { acme, requests } = listOf(lastItem, afterItem);
    expect(await idsOf(acme.paginate("/things", { maxPages: 2 }))).toEqual(ids.slice(0, 6));
    expect(requests).toHaveLength(2);
  });

  test("over an empty list yields nothing", async () => {
    const { acme } = listOf(lastItem, () => ({ body: { data: [], has_more: false } }));
    expect(await idsOf(acme.paginate("/things"))).toEqual([]);
  });

  test("throws the error of a page after it has yielded the items of the pages before", async () => {
    const { fetch } = stubFetch((_, count) =>
      count === 1 ? Response.json({ data: items.slice(0, 3), has_more: true }) : new Response(null, { status: 404 }),
    );
    const seen: unknown[] = [];
    const error = await rejection(
      (async () => {
        for await (const item of createAcme({ fetch }, { pagination: [lastItem] }).paginate("/things")) seen.push(item);
      })(),
    );
    expect(error).toMatchObject({ name: "NotFoundError", operation: "GET /things" });
    expect(seen).toHaveLength(3);
  });

  test("R9: an iteration that is aborted between two pages requests no other page, and throws the signal's reason", async () => {
    const controller = new AbortController();
    const { acme, requests } = listOf(lastItem, afterItem);
    const error = await rejection(
      (async () => {
        for await (const { id } of acme.paginate("/things", { signal: controller.signal }))
          if (id === "id-3") controller.abort("enough");
      })(),
    );
    expect(error).toBe("enough");
    expect(requests).toHaveLength(1);
  });

  test("ends with a TimeoutError after totalDeadlineMs, however many pages there are", async () => {
    const server = await serveWith((_, count) => ({ body: { data: [{ id: `id-${count}` }], has_more: true } }));
    const clock = fakeClock();
    const acme = createAcme({ baseUrl: server.url, clock }, { pagination: [lastItem] });
    const error = await rejection<TimeoutError>(
      (async () => {
        for await (const _ of acme.paginate("/things", { totalDeadlineMs: 300 })) await clock.advance(30);
      })(),
    );
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toMatchObject({ limit: "deadline", limitMs: 300, operation: "GET /things" });
    expect(clock.monotonic()).toBe(300);
    expect(server.requests).toHaveLength(10);
  });

  test("ends at totalDeadlineMs, too, where a page does not arrive", async () => {
    const clock = fakeClock();
    const { acme } = listOf(lastItem, afterItem, { options: { clock, fetch: () => new Promise(() => {}) } });
    let isOver = false;
    const error = rejection(collect(acme.paginate("/things", { totalDeadlineMs: 40 }))).finally(() => {
      isOver = true;
    });
    await clock.advance(39);
    expect(isOver).toBe(false);
    await clock.advance(1);
    expect(isOver).toBe(true);
    expect(await error).toBeInstanceOf(TimeoutError);
  });
});

describe("a list that leads back to an earlier page", () => {
  test.each<[string, (count: number) => string]>([
    ["the same cursor in each page", () => "same"],
    ["a cycle of cursors", (count) => `c${count % 3}`],
    ["a cycle that begins later", (count) => (count < 20 ? `c${count}` : `d${count % 5}`)],
  ])("by %s throws a ResponseParseError", async (_, cursor) => {
    const style: Pagination = {
      kind: "cursor",
      items: ["data"],
      from: { body: ["next"] },
      into: { in: "query", name: "c" },
    };
    const { acme, requests } = listOf(style, (_, count) => ({
      body: { data: [{ id: count }], next: cursor(count) },
    }));
    const error = await rejection(collect(acme.paginate("/things")));
    expect(error).toBeInstanceOf(ResponseParseError);
    expect(error.message).toMatch(/^GET \/things: .*leads back/);
    expect(requests.length).toBeLessThan(100);
  });

  test("is distinguished from a long list without a cycle", async () => {
    const style: Pagination = {
      kind: "cursor",
      items: ["data"],
      from: { body: ["next"] },
      into: { in: "query", name: "c" },
    };
    const { acme } = listOf(style, (_, count) => ({
      body: { data: [{ id: count }], next: count < 2_000 ? `c${count}` : null },
    }));
    expect(await collect(acme.paginate("/things"))).toHaveLength(2_000);
  });
});

describe("a page without a list", () => {
  test.each<[unknown]>([[{ data: { id: 1 } }], [{}], [null], ["text"]])(
    "%j throws a ResponseParseError that names the expected place",
    async (body) => {
      const { acme } = listOf(lastItem, () => ({ body }));
      const error = await rejection(collect(acme.paginate("/things")));
      expect(error).toBeInstanceOf(ResponseParseError);
      expect(error.message).toMatch(/`data`/);
    },
  );

  test("paginate throws a ConfigurationError for a provider without lists", () => {
    expect(() => createAcme().paginate("/things")).toThrow(ConfigurationError);
  });

  test("R47: a path such as /__proto__ does not take inherited properties for facts", async () => {
    const { acme } = listOf(lastItem, afterItem);
    expect(await idsOf(acme.paginate("/__proto__"))).toEqual(ids);
  });
});
