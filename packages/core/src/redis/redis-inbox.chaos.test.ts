import { setTimeout as sleep } from "node:timers/promises";
import { Redis } from "ioredis";
import { expect, onTestFinished, test } from "vitest";
import { nodeRedisConnection, startRedis } from "../../test/redis.js";
import { shuffled } from "../../test/shuffled.js";
import { runInboxWorker } from "../../test/webhooks/run-inbox-worker.js";
import { startWorkers } from "../../test/workers.js";
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

test("R39: 2,000 events x 5 in 4 processes, while Redis is killed 8 times and loses nothing: 0 twice, 0 lost", {
  timeout: 300_000,
}, async () => {
  const redis = await startRedis({ durable: true });
  const workers = await startWorkers<typeof import("../../test/webhooks/inbox.worker.js")>(
    new URL("../../test/webhooks/inbox.worker.ts", import.meta.url),
    4,
  );
  const ids = Array.from({ length: 2_000 }, (_, index) => `evt_${index}`);
  // Each event is delivered to one process twice, and to the others once.
  const runs = workers.map((worker, index) => {
    const deliveries = [...ids, ...ids.filter((_, event) => event % 4 === index)];
    return worker.call("deliverAll", redis.url, shuffled(deliveries), 40);
  });
  for (let outage = 0; outage < 8; outage += 1) {
    await sleep(400);
    await redis.kill();
    await sleep(250);
    await redis.restart();
  }
  const results = await Promise.all(runs);
  const processed = results.flatMap((result) => result.processed);
  const sum = (status: string) => results.reduce((total, { statuses }) => total + (statuses[status] ?? 0), 0);
  const inboxErrors = results.reduce((total, result) => total + result.inboxErrors, 0);
  console.log(
    `${sum("503")} deliveries rejected, ${sum("409")} told to come again, ${inboxErrors} errors of the inbox`,
  );
  expect(sum("204")).toBe(10_000);
  expect(sum("503")).toBeGreaterThan(100);
  // More than the rejections: renewals and completions failed, too.
  expect(inboxErrors).toBeGreaterThan(sum("503"));
  expect(processed).toHaveLength(2_000);
  expect(new Set(processed).size).toBe(2_000);
});
