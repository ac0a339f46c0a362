import { describe, expect, test } from "vitest";
import { tieredCache } from "../../../src/cache/index.js";
import { createAcme } from "../../acme.js";
import { keySecret } from "../../cache.js";
import { testStore } from "../../cache-store.js";
import { rejection } from "../../call.js";
import { serve } from "../../serve.js";

const ttl = { cache: { ttlMs: 60_000 } };

describe("concurrent calls for one entry", () => {
  test("R25: two processes that miss the same entry send one request to the provider", async () => {
    const { url: baseUrl, requests } = await serve([{ kind: "latency", delayMs: 100 }]);
    const store = testStore();
    const clients = [1, 2].map(() => createAcme({ baseUrl, cache: tieredCache({ store, keySecret }) }));
    const results = await Promise.all(clients.map((acme) => acme.GET("/things", ttl)));
    expect(results.map(({ response }) => response.cache).sort()).toEqual(["hit", "miss"]);
    expect(requests).toHaveLength(1);
  });

  test("R26: when the first of 100 callers aborts, the other 99 get the response of its request", async () => {
    const server = await serve([{ kind: "latency", delayMs: 100 }]);
    const acme = createAcme({ baseUrl: server.url, cache: tieredCache() });
    const controller = new AbortController();
    const first = acme.GET("/things", { ...ttl, signal: controller.signal });
    const others = Array.from({ length: 99 }, () => acme.GET("/things", ttl));
    await expect.poll(() => server.requests.length).toBe(1);
    controller.abort("enough");
    expect(await rejection(first)).toBe("enough");
    for (const { data } of await Promise.all(others)) expect(data).toEqual({ ok: true });
    expect(server.requests).toHaveLength(1);
  });

  test("R26: the request is aborted when the last of its callers aborts, and not before", async () => {
    let signal: AbortSignal | undefined;
    const fetch = ((_: unknown, init: RequestInit) =>
      new Promise((_, reject) => {
        signal = init.signal ?? undefined;
        signal?.addEventListener("abort", () => reject(signal?.reason));
      })) as typeof globalThis.fetch;
    const acme = createAcme({ fetch, cache: tieredCache() });
    const controllers = Array.from({ length: 10 }, () => new AbortController());
    const calls = controllers.map(({ signal }) => rejection(acme.GET("/things", { ...ttl, signal })));
    await expect.poll(() => signal).toBeDefined();
    for (const controller of controllers.slice(1)) controller.abort("enough");
    expect(signal?.aborted).toBe(false);
    controllers[0]?.abort("enough");
    expect(signal?.aborted).toBe(true);
    expect(await Promise.all(calls)).toEqual(Array(10).fill("enough"));
  });

  test("R26: the request has the latest deadline of its callers", async () => {
    const { url: baseUrl, requests } = await serve([{ kind: "latency", delayMs: 400 }]);
    const acme = createAcme({ baseUrl, cache: tieredCache() });
    const short = rejection(acme.GET("/things", { ...ttl, deadlineMs: 100 }));
    const long = acme.GET("/things", { ...ttl, deadlineMs: 5_000 });
    expect(await short).toMatchObject({ name: "TimeoutError", limit: "deadline" });
    expect((await long).data).toEqual({ ok: true });
    expect(requests).toHaveLength(1);
  });

  test("R27: when the request of 100 callers fails, each of them gets its own error", async () => {
    const server = await serve([{ kind: "response", status: 500, delayMs: 50, times: Infinity }]);
    const acme = createAcme({ baseUrl: server.url, cache: tieredCache(), maxAttempts: 1 });
    const errors = await Promise.all(Array.from({ length: 100 }, () => rejection(acme.GET("/things", ttl))));
    expect(errors.every(({ name }) => name === "InternalServerError")).toBe(true);
    expect(new Set(errors).size).toBe(100);
    expect(server.requests).toHaveLength(1);
  });
});
