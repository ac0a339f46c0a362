import { expect, test } from "vitest";
import { systemClock } from "../../src/platform/clock.js";
import { listen } from "../listen.js";
import { pointBucket } from "../point-bucket.js";
import { startRedis } from "../redis.js";
import { startWorkers } from "../workers.js";

test("R12, R23: 4 processes with 20 callers each share a bucket of 1,000 points that gets 50 in a second: none is THROTTLED after the first response", async () => {
  const redis = await startRedis();
  const bucket = pointBucket(systemClock, () => ({ requested: 30, actual: 16 }), { latencyMs: 150 });
  const baseUrl = await listen(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const reply = await bucket.fetch("", { body: Buffer.concat(chunks).toString() });
    response.writeHead(reply.status, { "content-type": "application/json" }).end(await reply.text());
  });
  const file = new URL("../points.worker.ts", import.meta.url);
  const workers = await startWorkers<typeof import("../points.worker.js")>(file, 4);
  const plan = { redisUrl: redis.url, baseUrl, callers: 20, callsEach: 2 };
  const succeeded = await Promise.all(workers.map((worker) => worker.call("query", plan)));
  expect(succeeded).toEqual([40, 40, 40, 40]);
  // 160 operations take 2,560 points, more than twice what the bucket holds.
  expect(bucket.taken).toBe(2_560);
  expect(bucket.responses.slice(bucket.beforeFirst).filter((response) => response === "THROTTLED")).toEqual([]);
  // A process that knows no cost yet sends one call.
  expect(bucket.beforeFirst).toBeLessThanOrEqual(4);
});
