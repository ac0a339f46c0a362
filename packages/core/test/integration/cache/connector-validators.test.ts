import { canaryScan, twoOrigins } from "@connectry/testing";
import { describe, expect, onTestFinished, test } from "vitest";
import { tieredCache } from "../../../src/cache/index.js";
import { createAcme } from "../../acme.js";
import { keySecret } from "../../cache.js";
import { testStore } from "../../cache-store.js";
import { serve, serveWith } from "../../serve.js";

type ServerResponse = ReturnType<Parameters<typeof serveWith>[0]>;

const ttl = { cache: { ttlMs: 60_000 } };

describe("R30: validators", () => {
  const etagged = (version: () => string, extra: Record<string, string> = {}) =>
    serveWith(
      (request): ServerResponse =>
        request.headers["if-none-match"] === `"${version()}"`
          ? { status: 304, headers: { etag: `"${version()}"`, "x-revalidated": "again", ...extra } }
          : { headers: { etag: `"${version()}"`, "x-first": "time" }, body: { version: version() } },
    );

  test("are sent with every call that sets no ttlMs, and a 304 returns the stored body with fresh headers", async () => {
    let version = "1";
    const { url: baseUrl, requests } = await etagged(() => version);
    const acme = createAcme({ baseUrl, cache: tieredCache() });
    expect((await acme.GET("/things")).response.cache).toBe("miss");
    const { data, response } = await acme.GET("/things");
    expect(data).toEqual({ version: "1" });
    expect(response).toMatchObject({ status: 200, cache: "revalidated" });
    expect(response.attempts).toHaveLength(1);
    expect([response.headers.get("x-first"), response.headers.get("x-revalidated")]).toEqual(["time", "again"]);
    expect(response.headers.get("content-type")).toContain("json");
    version = "2";
    expect(await acme.GET("/things")).toMatchObject({ data: { version: "2" }, response: { cache: "miss" } });
    expect(requests.map(({ headers }) => headers["if-none-match"])).toEqual([undefined, '"1"', '"1"']);
  });

  test("include Last-Modified", async () => {
    const date = "Thu, 01 Jan 2026 00:00:00 GMT";
    const { url: baseUrl } = await serveWith(({ headers }) =>
      headers["if-modified-since"] === date ? { status: 304 } : { headers: { "last-modified": date }, body: { a: 1 } },
    );
    const acme = createAcme({ baseUrl, cache: tieredCache() });
    await acme.GET("/things");
    expect(await acme.GET("/things")).toMatchObject({ data: { a: 1 }, response: { cache: "revalidated" } });
  });

  test("make an entry fresh again by a 304, for calls with ttlMs", async () => {
    const { url: baseUrl, requests } = await etagged(() => "1");
    const acme = createAcme({ baseUrl, cache: tieredCache() });
    await acme.GET("/things");
    await acme.GET("/things");
    expect((await acme.GET("/things", ttl)).response.cache).toBe("hit");
    expect(requests).toHaveLength(2);
  });

  test("ignore a 304 with another etag: the response is fetched without a condition", async () => {
    let count = 0;
    const { url: baseUrl } = await serveWith(({ headers }) => {
      count += 1;
      return headers["if-none-match"]
        ? { status: 304, headers: { etag: '"other"' } }
        : { headers: { etag: `"${count}"` }, body: { count } };
    });
    const acme = createAcme({ baseUrl, cache: tieredCache() });
    await acme.GET("/things");
    expect(await acme.GET("/things")).toMatchObject({ data: { count: 3 }, response: { cache: "miss" } });
  });

  test.each([301, 302, 307, 308] as const)(
    "never cross an origin with a %d, and the redirected response is not stored",
    async (status) => {
      const origins = await twoOrigins();
      onTestFinished(() => origins.close());
      const { first, second } = origins;
      const cache = tieredCache();
      const acme = createAcme({ baseUrl: first.url, cache });
      first.faults.push({ kind: "response", status: 200, headers: { etag: '"1"' }, body: { from: "first" } });
      await acme.GET("/things");
      origins.redirect(status, "/elsewhere");
      second.faults.push({ kind: "response", status: 304, headers: { etag: '"1"' } });
      await acme.GET("/things").catch(() => {});
      expect(second.requests.length).toBeGreaterThan(0);
      for (const { headers } of second.requests) {
        expect(headers["if-none-match"]).toBeUndefined();
        expect(headers.authorization).toBeUndefined();
      }
      const fresh = tieredCache();
      const other = createAcme({ baseUrl: first.url, cache: fresh });
      origins.redirect(status, "/elsewhere");
      second.faults.push({ kind: "response", status: 200, headers: { etag: '"2"' }, body: { from: "second" } });
      expect((await other.GET("/things", ttl)).data).toEqual({ from: "second" });
      expect(fresh.memoryBytes).toBe(0);
    },
  );

  test("a redirected response of the same origin is not stored either", async () => {
    const { url: baseUrl } = await serveWith(
      ({ path }): ServerResponse =>
        path === "/things" ? { status: 302, headers: { location: "/moved" } } : { headers: { etag: '"1"' }, body: {} },
    );
    const cache = tieredCache();
    await createAcme({ baseUrl, cache }).GET("/things", ttl);
    expect(cache.memoryBytes).toBe(0);
  });

  test("a response is stored with the credential in the query, too", async () => {
    const { url: baseUrl } = await serve();
    const auth = { kind: "query", name: "key", env: "ACME_KEY" } as const;
    const acme = createAcme({ baseUrl, cache: tieredCache() }, { auth });
    await acme.GET("/things", ttl);
    expect((await acme.GET("/things", ttl)).response.cache).toBe("hit");
  });
});

describe("R29: the headers of a response", () => {
  test.each<Record<string, string>>([
    { "cache-control": "no-store" },
    { "cache-control": 'private="x' },
    { "cache-control": "no-cache=" },
    { vary: "*" },
  ])("%j prevent that it is stored", async (headers) => {
    const { url: baseUrl } = await serveWith(() => ({ headers: { ...headers, etag: '"1"' }, body: {} }));
    const cache = tieredCache();
    await createAcme({ baseUrl, cache }).GET("/things");
    await createAcme({ baseUrl, cache }, { cacheControl: "trusted" }).GET("/things", ttl);
    expect(cache.memoryBytes).toBe(0);
  });

  test("are stored without Set-Cookie", async () => {
    const { url: baseUrl } = await serveWith(() => ({ headers: { "set-cookie": "session=abcdef0123" }, body: {} }));
    const store = testStore();
    const acme = createAcme({ baseUrl, cache: tieredCache({ store, keySecret }) });
    await acme.GET("/things", ttl);
    const hit = await acme.GET("/things", ttl);
    expect([hit.response.cache, hit.response.headers.get("set-cookie")]).toEqual(["hit", null]);
    expect(store.values.size).toBe(1);
    expect(canaryScan("session=abcdef0123", store.values)).toEqual([]);
  });

  test("make it fresh only where the profile trusts Cache-Control", async () => {
    const { url: baseUrl } = await serveWith(() => ({ headers: { "cache-control": "max-age=60" }, body: {} }));
    const untrusted = createAcme({ baseUrl, cache: tieredCache() });
    await untrusted.GET("/things");
    expect((await untrusted.GET("/things")).response.cache).toBe("miss");
    const trusted = createAcme({ baseUrl, cache: tieredCache() }, { cacheControl: "trusted" });
    await trusted.GET("/things");
    expect((await trusted.GET("/things")).response.cache).toBe("hit");
  });
});
