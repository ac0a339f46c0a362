import { expect, test } from "vitest";
import { tieredCache } from "../../../src/cache/index.js";
import { createAcme } from "../../acme.js";
import { rejection } from "../../call.js";
import { ttl } from "../../redis-cache.js";
import { serve } from "../../serve.js";

test("R27: 100 callers that wait know of a failure within 200 ms of a caller without a cache", async () => {
  const server = await serve([{ kind: "response", status: 500, delayMs: 1_000, times: Infinity }]);
  const acme = createAcme({ baseUrl: server.url, cache: tieredCache(), maxAttempts: 1 });
  const bare = createAcme({ baseUrl: server.url, maxAttempts: 1 });
  const startedAtMs = performance.now();
  const since = () => performance.now() - startedAtMs;
  const [controlMs, sharedMs] = await Promise.all([
    rejection(bare.GET("/things")).then(since),
    Promise.all(Array.from({ length: 100 }, () => rejection(acme.GET("/things", ttl)))).then(since),
  ]);
  expect(sharedMs).toBeLessThanOrEqual(controlMs + 200);
});
