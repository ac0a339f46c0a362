import { describe, expect, test } from "vitest";
import { anyResponse, createAcme } from "../../../test/acme.js";
import { keySecret } from "../../../test/cache.js";
import { testStore } from "../../../test/cache-store.js";
import { createEntry } from "../../../test/entry.js";
import { heldBytes } from "../../../test/heap.js";
import { serveWith } from "../../../test/serve.js";
import { stubFetch } from "../../../test/stub-fetch.js";
import type { ProviderFacts } from "../../provider/facts.js";
import { type TieredCacheOptions, tieredCache } from "../index.js";
import { deepFreeze, withFrozenData } from "./frozen-data.js";

const ttl = { cache: { ttlMs: 60_000 } };
const frozen = { memory: { frozen: true } };

function clientOf(respond: () => Response, options: TieredCacheOptions = frozen, facts: Partial<ProviderFacts> = {}) {
  const { fetch, requests } = stubFetch(respond);
  const cache = tieredCache(options);
  return { acme: createAcme({ fetch, cache }, {}, facts), cache, requests };
}

interface FrozenCase {
  readonly name: string;
  readonly body: string | Uint8Array<ArrayBuffer>;
  readonly type: string;
  readonly data: unknown;
}

describe("with memory.frozen", () => {
  test("R26: changing a result throws a TypeError, from the first call on, and all hits return one object", async () => {
    const { acme, requests } = clientOf(() => Response.json({ list: [{ id: 1 }] }));
    const all = await Promise.all([1, 2, 3].map(() => acme.GET("/things", ttl)));
    const hits = [await acme.GET("/things", ttl), await acme.GET("/things", ttl)];
    for (const { data } of [...all, ...hits]) {
      expect(() => data.list.push(2)).toThrow(TypeError);
      expect(() => {
        data.list[0].id = 2;
      }).toThrow(TypeError);
      expect(data).toEqual({ list: [{ id: 1 }] });
    }
    expect(hits.map(({ response }) => response.cache)).toEqual(["hit", "hit"]);
    expect(hits[0]?.data).toBe(hits[1]?.data);
    // The same holds for calls that go through the policy.
    expect((await acme.GET("/things", { ...ttl, headers: {} })).data).toBe(hits[0]?.data);
    expect((await acme.safe.GET("/things", ttl)).data).toBe(hits[0]?.data);
    const [bytes, others] = hits.map(({ response }) => response.body as Uint8Array);
    bytes?.fill(0);
    expect(new TextDecoder().decode(others)).toBe('{"list":[{"id":1}]}');
    expect(requests).toHaveLength(1);
  });

  test("a response from a store is parsed once, and then held in memory", async () => {
    const store = testStore();
    const one = clientOf(() => Response.json({ id: 1 }), { store, keySecret });
    const two = clientOf(() => Response.json({ id: 2 }), { ...frozen, store, keySecret });
    await one.acme.GET("/things", ttl);
    const { data } = await two.acme.GET("/things", ttl);
    expect([Object.isFrozen(data), data.id]).toEqual([true, 1]);
    expect((await two.acme.GET("/things", ttl)).data).toBe(data);
    expect(two.requests).toHaveLength(0);
  });

  test("an entry that a 304 revalidates returns the same object", async () => {
    const { url: baseUrl } = await serveWith(({ headers }) =>
      headers["if-none-match"] ? { status: 304 } : { headers: { etag: '"1"' }, body: { id: 1 } },
    );
    const acme = createAcme({ baseUrl, cache: tieredCache(frozen) });
    await acme.GET("/things");
    const [first, second] = [await acme.GET("/things"), await acme.GET("/things")];
    expect([first.response.cache, second.response.cache]).toEqual(["revalidated", "revalidated"]);
    expect(first.data).toBe(second.data);
    expect(Object.isFrozen(first.data)).toBe(true);
    expect((await acme.GET("/things", ttl)).data).toBe(first.data);
  });

  test.each<FrozenCase>([
    { name: "text", body: "a", type: "text/plain", data: "a" },
    { name: "text that is valid JSON", body: "1", type: "text/plain", data: "1" },
    { name: "an empty body", body: "", type: "application/json", data: undefined },
    { name: "a number", body: "1", type: "application/json", data: 1 },
    {
      name: "JSON that is not valid UTF-8",
      body: new Uint8Array([0x5b, 0x22, 0xff, 0x22, 0x5d]),
      type: "application/json",
      data: ["\uFFFD"],
    },
    { name: "JSON after a byte-order mark", body: "\uFEFF{}", type: "application/json", data: {} },
    { name: "null", body: "null", type: "application/json", data: null },
  ])("$name is returned as it is without memory.frozen", async ({ body, type, data: expected }) => {
    const respond = () => new Response(body, { headers: { "content-type": type } });
    const { acme } = clientOf(respond, frozen, anyResponse);
    for (const outcome of ["miss", "hit", "hit"]) {
      const { data, response } = await acme.GET("/things", ttl);
      expect([data, response.cache, Object.isFrozen(data)]).toEqual([expected, outcome, true]);
    }
  });

  test("each caller gets its own copy of bytes, which cannot be frozen, and of uncached data", async () => {
    const bytes = new Uint8Array([0xff, 0]);
    const respond = () => new Response(bytes, { headers: { "content-type": "image/png" } });
    const image = clientOf(respond, frozen, anyResponse).acme;
    for (let call = 0; call < 3; call += 1) {
      const { data } = await image.GET("/things", ttl);
      expect(data).toEqual(bytes);
      data.fill(7);
    }
    const { acme } = clientOf(() => Response.json({ list: [] }));
    for (const { data } of [await acme.POST("/things", { body: {} }), await acme.GET("/things", { cache: false })]) {
      data.list.push(1);
      expect(data).toEqual({ list: [1] });
    }
  });

  test("paginate yields the items of all pages, from the cache, too", async () => {
    const { url: baseUrl } = await serveWith(({ query }) => ({
      body: JSON.stringify(query ?? {}).includes("after") ? { data: [{ id: 2 }] } : { data: [{ id: 1 }], next: "a" },
    }));
    const pagination = [
      { kind: "cursor", items: ["data"], from: { body: ["next"] }, into: { in: "query", name: "after" } },
    ] as const;
    const acme = createAcme({ baseUrl, cache: tieredCache(frozen) }, { pagination });
    for (let count = 0; count < 2; count += 1) {
      const ids: number[] = [];
      for await (const { id } of acme.paginate("/things", ttl)) ids.push(id);
      expect(ids).toEqual([1, 2]);
    }
  });

  test("the size of parsed data counts towards `memoryBytes`", async () => {
    const things = { list: Array.from({ length: 100 }, (_, id) => ({ id, name: `thing ${id}` })) };
    const [own, shared] = [clientOf(() => Response.json(things), {}), clientOf(() => Response.json(things))];
    for (const { acme } of [own, shared]) await acme.GET("/things", ttl);
    expect(shared.cache.memoryBytes - own.cache.memoryBytes).toBe(deepFreeze(structuredClone(things), 1));
  });
});

test("the size of a text is its length times the bytes of its body's widest character", () => {
  const bytesOf = (text: string, bytesPerCharacter: number) => deepFreeze([text], bytesPerCharacter);
  expect(bytesOf("x".repeat(100), 1) - bytesOf("", 1)).toBe(100);
  expect(bytesOf("x".repeat(100), 2) - bytesOf("", 2)).toBe(200);
  const frozenOf = (body: string, bodyBytes: number) => withFrozenData(createEntry({ body, bodyBytes })).frozen;
  expect(frozenOf('"xxxxx"', 7)).toEqual({ value: "xxxxx", bytes: deepFreeze("xxxxx", 1) });
  expect(frozenOf('"\u65e5\u672c"', 8)).toEqual({ value: "\u65e5\u672c", bytes: deepFreeze("\u65e5\u672c", 2) });
});

test("the names of up to 32 properties are not counted for each record; those of larger objects are", () => {
  const named = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, id) => [`name ${id}`, id]));
  const shared = deepFreeze(named(32)) - deepFreeze(named(31));
  expect(deepFreeze(named(33)) - deepFreeze(named(32)) - shared).toBeGreaterThan(33 * 24);
});

test.each<[string, Parameters<typeof createEntry>[0]]>([
  ["with frozen data", { frozen: { value: 1, bytes: 0 } }],
  ["of text", { kind: "text", body: "1" }],
  ["of bytes", { kind: "bytes", body: "1" }],
  ["of JSON that is not valid UTF-8", { body: Uint8Array.of(0xff) }],
  ["of broken JSON", { body: "{" }],
  ["without a body", { body: undefined }],
])("withFrozenData returns the same entry for an entry %s", (_, parts) => {
  const entry = createEntry(parts);
  expect(withFrozenData(entry)).toBe(entry);
});

test("deepFreeze freezes every level, and treats `__proto__` as any other name", () => {
  const deep = JSON.parse(`${"[".repeat(200_000)}${"]".repeat(200_000)}`) as unknown[];
  expect(deepFreeze(deep)).toBeGreaterThan(200_000);
  let inner: unknown = deep;
  for (let depth = 0; depth < 199_999; depth += 1) inner = (inner as unknown[])[0];
  expect(Object.isFrozen(inner)).toBe(true);
  const odd = JSON.parse('{"__proto__":{"a":[1]}}') as Record<string, { a: number[] }>;
  deepFreeze(odd);
  expect(Object.isFrozen(Object.getOwnPropertyDescriptor(odd, "__proto__")?.value.a)).toBe(true);
  expect(Object.isFrozen(Object.prototype)).toBe(false);
});

test.each<[string, () => unknown]>([
  [
    "records",
    () => Array.from({ length: 300 }, (_, id) => ({ id: `price_${id}`, active: true, amount: id, to: null })),
  ],
  [
    "nested records",
    () => Array.from({ length: 100 }, (_, id) => ({ id, address: { city: `No. ${id}`, lines: ["a"] } })),
  ],
  ["whole numbers", () => Array.from({ length: 5_000 }, (_, id) => id)],
  ["fractions", () => Array.from({ length: 5_000 }, (_, id) => id + 0.5)],
  ["empty records", () => Array.from({ length: 5_000 }, () => ({}))],
  ["texts that are not ASCII", () => Array.from({ length: 1_000 }, (_, id) => `\u65e5\u672c\u8a9e ${id}`)],
  ["a map", () => Object.fromEntries(Array.from({ length: 5_000 }, (_, id) => [`key number ${id}`, id]))],
  // The heap also has what V8 compiles meanwhile.
])("the estimated size of %s is 0.9 to 3 times what V8 takes", { retry: 2 }, (_, make) => {
  const text = JSON.stringify(make());
  const cached: unknown[] = Array(50).fill(null);
  deepFreeze(JSON.parse(text));
  const before = heldBytes();
  for (let copy = 0; copy < cached.length; copy += 1) cached[copy] = JSON.parse(text);
  let estimated = 0;
  for (const copy of cached) estimated += deepFreeze(copy, /^[ -~]*$/.test(text) ? 1 : 2);
  const taken = heldBytes() - before;
  expect(estimated / taken).toBeGreaterThan(0.9);
  expect(estimated / taken).toBeLessThan(3);
  expect(cached).toHaveLength(50);
});
