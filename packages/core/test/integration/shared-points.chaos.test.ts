import { expect, onTestFinished, test } from "vitest";
import { graphqlMethods } from "../../src/graphql/graphql-methods.js";
import { systemClock } from "../../src/platform/clock.js";
import { redisRateLimits } from "../../src/redis/redis-rate-limits.js";
import { createAcme } from "../acme.js";
import { pointBucket, pointFacts } from "../point-bucket.js";
import { ioredisConnection, startRedis } from "../redis.js";

test("R12, R23: 4 processes with 20 callers each share a bucket of 1,000 points that gets 50 in a second: none is THROTTLED after the first response", async () => {
  const redis = await startRedis();
  const bucket = pointBucket(systemClock, () => ({ requested: 30, actual: 16 }), { latencyMs: 150 });
  const clients = await Promise.all(
    Array.from({ length: 4 }, async () => {
      const store = redisRateLimits({ redis: await ioredisConnection(redis), keySecret: "a secret of the test" });
      onTestFinished(() => store.close());
      return graphqlMethods(createAcme({ fetch: bucket.fetch, rateLimit: { store }, deadlineMs: 300_000 }, pointFacts));
    }),
  );
  const callers = clients.flatMap((graphql) =>
    Array.from({ length: 20 }, async () => {
      await graphql.query("query Shop { shop { name } }");
      await graphql.query("query Shop { shop { name } }");
    }),
  );
  await Promise.all(callers);
  // 160 operations take 2,560 points, more than twice what the bucket holds.
  expect(bucket.taken).toBe(2_560);
  expect(bucket.responses.slice(bucket.beforeFirst).filter((response) => response === "THROTTLED")).toEqual([]);
  // A process that knows no cost yet sends one call.
  expect(bucket.beforeFirst).toBeLessThanOrEqual(4);
});
