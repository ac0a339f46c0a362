import { describe, expect, test } from "vitest";
import { createAcme } from "../../test/acme.js";
import { rejection } from "../../test/call.js";
import { afterItem, collect, ids, idsOf, items, lastItem, listOf } from "../../test/paged-list.js";
import { serveWith } from "../../test/serve.js";
import { stubFetch } from "../../test/stub-fetch.js";
import type { Pagination } from "../connector/profile.js";
import { ConfigurationError } from "../errors/configuration-error.js";
import { ResponseParseError } from "../errors/response-parse-error.js";
import { TimeoutError } from "../errors/timeout-error.js";

describe("a walk", () => {
  test("asks for a page only when the items of the last are used up, and stops where its user does", async () => {
    const { acme, asked } = listOf(lastItem, afterItem);
    const seen: string[] = [];
    for await (const { id } of acme.paginate("/things")) {
      seen.push(id);
      expect(asked).toHaveLength(Math.ceil(seen.length / 3));
      if (seen.length === 4) break;
    }
    expect(asked).toHaveLength(2);
  });

  test("sends nothing before it is begun, and begins anew each time", async () => {
    const { acme, asked } = listOf(lastItem, afterItem);
    const walk = acme.paginate("/things");
    expect(asked).toHaveLength(0);
    expect(await idsOf(walk)).toEqual(ids);
    expect(await idsOf(walk)).toEqual(ids);
  });

  test("gives whole pages by pages()", async () => {
    const { acme } = listOf(lastItem, afterItem);
    const pages = await collect(acme.paginate("/things").pages());
    expect(pages.map(({ data, has_more }) => [data.length, has_more])).toEqual([
      [3, true],
      [3, true],
      [1, false],
    ]);
  });

  test("ends after maxPages", async () => {
    const { acme, asked } = listOf(lastItem, afterItem);
    expect(await idsOf(acme.paginate("/things", { maxPages: 2 }))).toEqual(ids.slice(0, 6));
    expect(asked).toHaveLength(2);
  });

  test("over an empty list gives nothing", async () => {
    const { acme } = listOf(lastItem, () => ({ body: { data: [], has_more: false } }));
    expect(await idsOf(acme.paginate("/things"))).toEqual([]);
  });

  test("throws the failure of a page, with what came before already given", async () => {
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

  test("R9: that is aborted between two pages sends no other, and keeps the signal's reason", async () => {
    const controller = new AbortController();
    const { acme, asked } = listOf(lastItem, afterItem);
    const error = await rejection(
      (async () => {
        for await (const { id } of acme.paginate("/things", { signal: controller.signal }))
          if (id === "id-3") controller.abort("enough");
      })(),
    );
    expect(error).toBe("enough");
    expect(asked).toHaveLength(1);
  });

  test("ends with a TimeoutError once totalDeadlineMs are over, whatever each page may take", async () => {
    const server = await serveWith(({ query }, count) => {
      void query;
      return { body: { data: [{ id: `id-${count}` }], has_more: true } };
    });
    const acme = createAcme({ baseUrl: server.url }, { pagination: [lastItem] });
    const startedAt = performance.now();
    const error = await rejection<TimeoutError>(
      (async () => {
        for await (const _ of acme.paginate("/things", { totalDeadlineMs: 300 }))
          await new Promise((resolve) => setTimeout(resolve, 30));
      })(),
    );
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toMatchObject({ limit: "deadline", operation: "GET /things" });
    expect(performance.now() - startedAt).toBeLessThan(300 + 30 + 100);
    expect(server.requests.length).toBeGreaterThan(1);
  });

  test("that is stuck in a page ends at totalDeadlineMs too", async () => {
    const { acme } = listOf(lastItem, afterItem, { options: { fetch: () => new Promise(() => {}) } });
    expect(await rejection(collect(acme.paginate("/things", { totalDeadlineMs: 40 })))).toBeInstanceOf(TimeoutError);
  });
});

describe("a provider that would never let it end", () => {
  test.each<[string, (count: number) => string]>([
    ["the same cursor again", () => "same"],
    ["cursors that go in a circle", (count) => `c${count % 3}`],
    ["a circle after a while", (count) => (count < 20 ? `c${count}` : `d${count % 5}`)],
  ])("by %s is an error that says so", async (_, cursor) => {
    const style: Pagination = {
      kind: "cursor",
      items: ["data"],
      from: { body: ["next"] },
      into: { in: "query", name: "c" },
    };
    const { acme, asked } = listOf(style, (_asked, count) => ({
      body: { data: [{ id: count }], next: cursor(count) },
    }));
    const error = await rejection(collect(acme.paginate("/things")));
    expect(error).toBeInstanceOf(ResponseParseError);
    expect(error.message).toMatch(/^GET \/things: .*leads back/);
    expect(asked.length).toBeLessThan(100);
  });

  test("a long walk without a circle is none", async () => {
    const style: Pagination = {
      kind: "cursor",
      items: ["data"],
      from: { body: ["next"] },
      into: { in: "query", name: "c" },
    };
    const { acme } = listOf(style, (_asked, count) => ({
      body: { data: [{ id: count }], next: count < 2_000 ? `c${count}` : null },
    }));
    expect(await collect(acme.paginate("/things"))).toHaveLength(2_000);
  });
});

describe("what is no list", () => {
  test.each<[unknown]>([[{ data: { id: 1 } }], [{}], [null], ["text"]])(
    "%j is a ResponseParseError that names the place",
    async (body) => {
      const { acme } = listOf(lastItem, () => ({ body }));
      const error = await rejection(collect(acme.paginate("/things")));
      expect(error).toBeInstanceOf(ResponseParseError);
      expect(error.message).toMatch(/`data`/);
    },
  );

  test("a provider without lists says so", () => {
    expect(() => createAcme().paginate("/things")).toThrow(ConfigurationError);
  });

  test("R47: a path such as __proto__ has no facts of its own", async () => {
    const { acme } = listOf(lastItem, afterItem);
    expect(await idsOf(acme.paginate("/__proto__"))).toEqual(ids);
  });
});
