import { setTimeout as sleep } from "node:timers/promises";
import { Redis } from "ioredis";
import { expect, onTestFinished, test } from "vitest";
import { nodeRedisConnection, startRedis } from "../../test/redis.js";
import { runInboxWorker } from "../../test/webhooks/run-inbox-worker.js";
import { createWebhookHandler, signWebhook, stripe } from "../webhooks/index.js";
import { redisInbox } from "./redis-inbox.js";

test("R39: one id delivered 1,000 times to 8 processes has one effect", { timeout: 60_000 }, async () => {
  const redis = await startRedis();
  const runs = await Promise.all(Array.from({ length: 8 }, () => runInboxWorker(redis.url, "work", "125")));
  const client = new Redis(redis.url);
  onTestFinished(() => client.disconnect());
  expect(await client.mget("started", "effects")).toEqual(["1", "1"]);
  const total: Record<string, number> = {};
  for (const { statuses } of runs) {
    for (const [status, count] of Object.entries(statuses)) total[status] = (total[status] ?? 0) + count;
  }
  // Taken, or told to come again while another is at work: never refused, never failed.
  expect(Object.keys(total).filter((status) => status !== "204" && status !== "409")).toEqual([]);
  expect((total["204"] ?? 0) + (total["409"] ?? 0)).toBe(1_000);
});

test("R39: with Redis stopped, a delivery is rejected within 200 ms of the timeout of Redis", async () => {
  const redis = await startRedis();
  const handler = createWebhookHandler(stripe, {
    secrets: "whsec_test",
    inbox: redisInbox(await nodeRedisConnection(redis, { timeoutMs: 100 })),
    whenInboxFails: "reject",
    otherwise: () => {},
    onError: () => {},
  });
  const request = await signWebhook(stripe, { id: "evt_1", type: "a" }, { secret: "whsec_test" });
  redis.stop();
  const startedAtMs = performance.now();
  const since = () => performance.now() - startedAtMs;
  const [controlMs, rejectedMs] = await Promise.all([
    sleep(100).then(since),
    handler(request).then(({ status }) => {
      expect(status).toBe(503);
      return since();
    }),
  ]);
  expect(rejectedMs).toBeLessThanOrEqual(controlMs + 200);
  redis.resume();
});
