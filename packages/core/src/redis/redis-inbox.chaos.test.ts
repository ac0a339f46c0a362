import { Redis } from "ioredis";
import { expect, onTestFinished, test } from "vitest";
import { startRedis } from "../../test/redis.js";
import { runInboxWorker } from "../../test/webhooks/run-inbox-worker.js";

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
