import { canaryScan } from "@connectry/testing";
import { describe, expect, test } from "vitest";
import { tieredCache } from "../../../src/cache/index.js";
import { ConfigurationError } from "../../../src/errors/connectry-error.js";
import { allStrategies, createConnector, toFetch } from "../../../src/index.js";
import { anyResponse, createAcme, secret } from "../../acme.js";
import { keySecret } from "../../cache.js";
import { testStore } from "../../cache-store.js";
import { rejection } from "../../call.js";
import { serve, serveWith } from "../../serve.js";
import { stubFetch } from "../../stub-fetch.js";

const ttl = { cache: { ttlMs: 60_000 } };

describe("a client with a cache", () => {
  test("reports whether a response came from the cache; a client without a cache reports nothing, and ignores invalidations", async () => {
    const { url: baseUrl, requests } = await serve();
    const cached = createAcme({ baseUrl, cache: tieredCache() });
    expect((await cached.GET("/things", ttl)).response.cache).toBe("miss");
    expect((await cached.GET("/things", ttl)).response.cache).toBe("hit");
    await cached.cache.invalidate({ operation: "GET /things" });
    expect((await cached.GET("/things", ttl)).response.cache).toBe("miss");
    const bare = createAcme({ baseUrl });
    await bare.cache.invalidate({ tags: ["things"] });
    expect((await bare.GET("/things", ttl)).response.cache).toBeUndefined();
    expect(requests).toHaveLength(3);
  });

  test("R26: changing a result does not change the results of other calls", async () => {
    const { url: baseUrl } = await serveWith(() => ({ body: { list: [1, 2, 3] } }));
    const acme = createAcme({ baseUrl, cache: tieredCache() });
    const all = await Promise.all([1, 2, 3].map(() => acme.GET("/things", ttl)));
    const first = all[0] as (typeof all)[0];
    first.data.list.push(4);
    (first.response.body as Uint8Array).fill(0);
    expect(() => first.response.headers.set("content-type", "text/plain")).toThrow(TypeError);
    expect(all[1]?.data).toEqual({ list: [1, 2, 3] });
    const hit = await acme.GET("/things", ttl);
    hit.data.list.push(5);
    (hit.response.body as Uint8Array).fill(0);
    const again = await acme.GET("/things", ttl);
    expect(again).toMatchObject({ data: { list: [1, 2, 3] }, response: { cache: "hit" } });
    expect(() => again.response.headers.delete("content-type")).toThrow(TypeError);
  });

  test.each<[string, string | Uint8Array<ArrayBuffer>, Record<string, string>]>([
    ["JSON", '{"a":"caf\u00e9"}', { "content-type": "application/json" }],
    ["JSON without a media type", new TextEncoder().encode("[1]"), {}],
    ["JSON after a byte-order mark", "\uFEFF{}", { "content-type": "application/problem+json; charset=utf-8" }],
    ["JSON that is not valid UTF-8", new Uint8Array([0x22, 0xff, 0x22]), { "content-type": "application/json" }],
    ["text", "1", { "content-type": "text/plain" }],
    ["text after a byte-order mark", "\uFEFFa", { "content-type": "text/plain" }],
    ["text of another kind", "<a/>", { "content-type": "application/xml" }],
    ["bytes", new Uint8Array([0xff, 0, 1]), { "content-type": "image/png" }],
    ["an empty body", "", { "content-type": "application/json" }],
  ])("R26: a hit returns the same %s as the first call, from memory and from a store", async (_, body, headers) => {
    const { fetch, requests } = stubFetch(() => new Response(body, { headers }));
    for (const options of [{}, { memory: false, store: testStore(), keySecret }] as const) {
      const acme = createAcme({ fetch, cache: tieredCache(options) }, {}, anyResponse);
      const first = await acme.GET("/things", ttl);
      const [firstData, firstBody] = structuredClone([first.data, first.response.body ?? new Uint8Array()]);
      for (const init of [ttl, ttl, { ...ttl, headers: {} }]) {
        const { data, response } = await acme.GET("/things", init);
        expect(response).toMatchObject({ status: 200, url: first.response.url, attempts: [], cache: "hit" });
        expect(response.headers.get("content-type")).toBe(first.response.headers.get("content-type"));
        expect(data).toEqual(firstData);
        expect(response.body ?? new Uint8Array()).toEqual(firstBody);
        for (const bytes of [data, response.body]) if (bytes instanceof Uint8Array) bytes.fill(7);
      }
    }
    expect(requests).toHaveLength(2);
  });

  // A body that was cut off, one of a proxy, and one that is missing: each would be an error for as long as it is stored.
  describe.each([
    ["truncated JSON", '{"a":', "application/json"],
    ["an HTML page", "<html>Sign in</html>", "text/html"],
    ["an empty body", "", "application/json"],
  ])("R52: %s with a status of 200", (_, garbage, type) => {
    const respond = () =>
      stubFetch((_request, count) =>
        count === 1
          ? new Response(garbage, { headers: { "content-type": type, etag: '"1"' } })
          : Response.json({ a: 1 }, { headers: { etag: '"1"' } }),
      );

    test.each([ttl, { cache: { staleWhileRevalidateMs: 60_000 } }, {}])(
      "is not stored, for a call with %j",
      async (init) => {
        for (const options of [
          {},
          { memory: { frozen: true } },
          { memory: false, store: testStore(), keySecret },
        ] as const) {
          const { fetch, requests } = respond();
          const acme = createAcme({ fetch, cache: tieredCache(options) });
          expect(await rejection(acme.GET("/things", init))).toMatchObject({ name: "ResponseParseError" });
          expect((await acme.GET("/things", init)).data).toEqual({ a: 1 });
          // There is nothing to be confirmed by a 304.
          expect(requests.map(({ headers }) => headers.get("if-none-match"))).toEqual([null, null]);
        }
      },
    );

    test("is not handed to another process", async () => {
      const { fetch } = respond();
      const store = testStore();
      const processOf = () => createAcme({ fetch, cache: tieredCache({ store, keySecret }) });
      await rejection(processOf().GET("/things", ttl));
      const { data, response } = await processOf().GET("/things", ttl);
      expect([data, response.cache]).toEqual([{ a: 1 }, "miss"]);
    });

    test("leaves an earlier response in place, which a 304 still confirms", async () => {
      const { fetch } = stubFetch(({ headers }, count) => {
        if (count === 2) return new Response(garbage, { headers: { "content-type": type, etag: '"2"' } });
        if (headers.get("if-none-match") === '"1"') return new Response(null, { status: 304 });
        return Response.json({ a: 1 }, { headers: { etag: '"1"' } });
      });
      const acme = createAcme({ fetch, cache: tieredCache() });
      expect((await acme.GET("/things")).response.cache).toBe("miss");
      await rejection(acme.GET("/things"));
      const { data, response } = await acme.GET("/things");
      expect([data, response.cache]).toEqual([{ a: 1 }, "revalidated"]);
    });
  });

  describe("an invalidation concerns the tenant of its client", () => {
    const values = (acme: ReturnType<typeof createAcme>) =>
      acme.GET("/things", ttlWithTag).then(({ response }) => response.cache);
    const ttlWithTag = { cache: { ttlMs: 60_000, tags: ["things"] } };

    test.each([
      ["in memory", {}],
      ["in a store", { memory: false, store: testStore(), keySecret }],
    ] as const)("%s, unless it says `all`", async (_, options) => {
      const { fetch } = stubFetch(() => Response.json({}));
      const cache = tieredCache(options);
      const token = (id: string) => ({ id, get: () => `token of ${id}` });
      const [one, two, byFunction] = [
        createAcme({ fetch, cache, auth: "sk_test_tenant_1" }),
        createAcme({ fetch, cache, auth: "sk_test_tenant_2" }),
        createAcme({ fetch, cache, auth: token("3") }),
      ];
      const read = async () => [await values(one), await values(two), await values(byFunction)];
      expect(await read()).toEqual(["miss", "miss", "miss"]);
      expect(await read()).toEqual(["hit", "hit", "hit"]);
      await two.cache.invalidate({ tags: ["things"] });
      expect(await read()).toEqual(["hit", "miss", "hit"]);
      await byFunction.cache.invalidate({ operation: "GET /things" });
      expect(await read()).toEqual(["hit", "hit", "miss"]);
      for (const what of [{ tags: ["things"] }, { operation: { method: "GET", path: "/things" } as const }]) {
        await one.cache.invalidate({ ...what, tenants: "all" });
        expect(await read()).toEqual(["miss", "miss", "miss"]);
      }
    });
  });

  test("a stored 404 is the same error from the cache", async () => {
    const { fetch, requests } = stubFetch(() => Response.json({ error: { message: "Not found." } }, { status: 404 }));
    const acme = createAcme({ fetch, cache: tieredCache() });
    const negative = { cache: { negativeTtlMs: 60_000 } };
    for (let call = 0; call < 2; call += 1) {
      expect(await rejection(acme.GET("/things", negative))).toMatchObject({ name: "NotFoundError", status: 404 });
    }
    expect(requests).toHaveLength(1);
  });

  test("a hit costs no quota", async () => {
    const { fetch, requests } = stubFetch();
    const rateLimit = { limits: [{ bucket: "default", limit: 1, perMs: 3_600_000 }] };
    const acme = createAcme({ fetch, rateLimit, cache: tieredCache(), deadlineMs: 1_000 });
    for (let count = 0; count < 10; count += 1) await acme.GET("/things", ttl);
    expect(requests).toHaveLength(1);
  });

  test("streams, writes and calls by toFetch are not stored without cache options", async () => {
    const { url: baseUrl, requests } = await serve();
    const cache = tieredCache();
    const acme = createAcme({ baseUrl, cache });
    for (let round = 0; round < 2; round += 1) {
      await new Response((await acme.stream.GET("/things", ttl)).data).text();
      await acme.POST("/things", { ...ttl, body: {} });
      await (await toFetch(acme)("/things")).text();
    }
    expect(requests).toHaveLength(6);
    expect(cache.memoryBytes).toBe(0);
  });

  test("reads by toFetch are stored where it has cache options", async () => {
    const { url: baseUrl, requests } = await serve();
    const fetch = toFetch(createAcme({ baseUrl, cache: tieredCache() }), ttl);
    for (let round = 0; round < 2; round += 1) {
      expect(await (await fetch("/things")).json()).toEqual({ ok: true });
      await fetch("/things", { method: "POST", body: "{}" });
    }
    expect(requests.map(({ method }) => method)).toEqual(["GET", "POST", "POST"]);
  });

  test("the pages of a list are cached", async () => {
    const { url: baseUrl, requests } = await serveWith(({ query }) => ({
      body: JSON.stringify(query ?? {}).includes("after") ? { data: [{ id: 2 }] } : { data: [{ id: 1 }], next: "a" },
    }));
    const pagination = [
      { kind: "cursor", items: ["data"], from: { body: ["next"] }, into: { in: "query", name: "after" } },
    ] as const;
    const acme = createAcme({ baseUrl, cache: tieredCache() }, { pagination });
    const ids = async () => {
      const found: number[] = [];
      for await (const { id } of acme.paginate("/things", ttl)) found.push(id);
      return found;
    };
    expect([await ids(), await ids()]).toEqual([
      [1, 2],
      [1, 2],
    ]);
    expect(requests).toHaveLength(2);
  });

  test("an invalid option of a call or of the cache is a ConfigurationError", async () => {
    const acme = createAcme({ cache: tieredCache(), fetch: stubFetch().fetch });
    expect(await rejection(acme.GET("/things", { cache: { ttl: 1 } } as object))).toBeInstanceOf(ConfigurationError);
    expect(() => tieredCache({ memory: { maxBytes: 0 } })).toThrow(
      "tieredCache.memory: maxBytes must be a positive integer",
    );
    expect(() => tieredCache({ memory: { frozen: "yes" as never } })).toThrow("frozen must be true or false");
    expect(() => tieredCache({ memory: { frosen: true } as object })).toThrow(
      "tieredCache.memory: unknown option `frosen`: did you mean `frozen`?",
    );
    expect(() => tieredCache({ ttlMs: 1 } as object)).toThrow("tieredCache: unknown option `ttlMs`");
    expect(() => tieredCache({ store: testStore() })).toThrow("a store needs keySecret");
    expect(() => tieredCache({ store: testStore(), keySecret: "short" })).toThrow("at least 16 characters");
    const error = await rejection(acme.cache.invalidate({} as never));
    expect(error).toBeInstanceOf(ConfigurationError);
  });
});

describe("R28: tenants and providers", () => {
  test("share no entry and no call in 10,000 pairs that differ only in credential, origin, account, version or a header", async () => {
    let count = 0;
    const fetch: typeof globalThis.fetch = async () => {
      count += 1;
      return Response.json({ count }, { headers: { vary: "x-language" } });
    };
    const store = testStore();
    const cache = tieredCache({ store, keySecret });
    const client = (part: object) =>
      createAcme({ fetch, cache, auth: secret, rateLimit: false, ...part }, { versionHeader: "acme-version" });
    const kinds: ((n: number) => readonly [object, object])[] = [
      (n) => [{ auth: `${secret}-${n}` }, {}],
      (n) => [{ baseUrl: `https://api-${n}.acme.test` }, {}],
      (n) => [{}, { headers: { "acme-account": `acct_${n}` } }],
      (n) => [{ apiVersion: `2026-${n}` }, {}],
      (n) => [{}, { params: { header: { "x-language": `l${n}` } } }],
    ];
    const shared = client({});
    const seen = new Set<number>();
    for (let round = 0; round < 500; round += 1) {
      const calls = kinds.flatMap((kind) =>
        [2 * round, 2 * round + 1].map((n) => {
          const [options, init] = kind(n);
          const acme = Object.keys(options).length === 0 ? shared : client(options);
          return acme.GET("/things", { ...ttl, ...init });
        }),
      );
      for (const { data, response } of await Promise.all(calls)) {
        expect(response.cache).toBe("miss");
        seen.add(data.count);
      }
    }
    expect(seen.size).toBe(5_000);
    expect(store.values.size).toBe(5_000);
    // 1,000 calls of each kind, each different from 999 others in one part only: half a million pairs of a kind.
    expect(canaryScan(secret, [...store.values.keys()].slice(0, 200))).toEqual([]);
    for (const key of store.values.keys()) expect(key).toMatch(/^[\w-]{43}$/);
  });

  test("a refreshed token has the entries of its credential source's id", async () => {
    const { fetch, requests } = stubFetch();
    let count = 0;
    const auth = {
      id: "acct_7",
      get: () => {
        count += 1;
        return `${secret}-${count}`;
      },
    };
    const acme = createAcme({ fetch, auth, cache: tieredCache() });
    for (let round = 0; round < 3; round += 1) await acme.GET("/things", ttl);
    expect([count, requests.length]).toEqual([3, 1]);
  });

  test("an invalidation by one provider keeps another provider's entries with the same tag", async () => {
    const { fetch } = stubFetch();
    const cache = tieredCache();
    const profile = {
      id: "other",
      name: "Other",
      baseUrl: "https://api.other.test",
      auth: { kind: "bearer", env: "X" },
      body: "json",
      errors: { message: ["message"] },
    } as const;
    const facts = { version: "1", operations: {}, pages: {} };
    const other = createConnector(
      { profile, facts, strategies: allStrategies(profile) },
      { auth: secret, fetch, cache },
    );
    const acme = createAcme({ fetch, cache });
    const options = { cache: { ttlMs: 60_000, tags: ["prices"] } };
    await acme.GET("/things", options);
    await other.cache.invalidate({ tags: ["prices"] });
    expect((await acme.GET("/things", options)).response.cache).toBe("hit");
  });
});
