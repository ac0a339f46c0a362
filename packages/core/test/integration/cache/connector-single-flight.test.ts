import { describe, expect, test } from "vitest";
import { tieredCache } from "../../../src/cache/index.js";
import { createAcme } from "../../acme.js";
import { keySecret } from "../../cache.js";
import { testStore } from "../../cache-store.js";
import { rejection } from "../../call.js";
import { serve } from "../../serve.js";

const ttl = { cache: { ttlMs: 60_000 } };

describe("one flight", () => {
  test("R25: of two processes that want a cold response one asks the provider", async () => {
    const { url: baseUrl, requests } = await serve([{ kind: "latency", delayMs: 100 }]);
    const store = testStore();
    const clients = [1, 2].map(() => createAcme({ baseUrl, cache: tieredCache({ store, keySecret }) }));
    const results = await Promise.all(clients.map((acme) => acme.GET("/things", ttl)));
    expect(results.map(({ response }) => response.cache).sort()).toEqual(["hit", "miss"]);
    expect(requests).toHaveLength(1);
  });

  test("R26: the first caller aborts, the other 99 get their response from one request", async () => {
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

  test("R26: when all abort, the request is aborted", async () => {
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

  test("R26: it lives as long as the longest of those who wait", async () => {
    const { url: baseUrl, requests } = await serve([{ kind: "latency", delayMs: 400 }]);
    const acme = createAcme({ baseUrl, cache: tieredCache() });
    const short = rejection(acme.GET("/things", { ...ttl, deadlineMs: 100 }));
    const long = acme.GET("/things", { ...ttl, deadlineMs: 5_000 });
    expect(await short).toMatchObject({ name: "TimeoutError", limit: "deadline" });
    expect((await long).data).toEqual({ ok: true });
    expect(requests).toHaveLength(1);
  });

  test("R27: a failure of the provider reaches 100 callers that wait from one request, each as an error of its own", async () => {
    const server = await serve([{ kind: "response", status: 500, delayMs: 50, times: Infinity }]);
    const acme = createAcme({ baseUrl: server.url, cache: tieredCache(), maxAttempts: 1 });
    const errors = await Promise.all(Array.from({ length: 100 }, () => rejection(acme.GET("/things", ttl))));
    expect(errors.every(({ name }) => name === "InternalServerError")).toBe(true);
    expect(new Set(errors).size).toBe(100);
    expect(server.requests).toHaveLength(1);
  });
});
