import { fakeClock } from "@connectry/testing";
import { expect, test } from "vitest";
import { createCall } from "../../test/call.js";
import { nodeRedisConnection, startRedis } from "../../test/redis.js";
import type { RateLimit } from "../provider/profile.js";
import { limitValues } from "../rate-limit/limit-values.js";
import { createRateLimiter } from "../rate-limit/rate-limiter.js";
import { redisRateLimits } from "./redis-rate-limits.js";

const perChannel: RateLimit = { bucket: "default", limit: 1, perMs: 60_000, per: { parameter: "channel" } };

test("processes share the limit of each value of a parameter, and keys name it by a hash", async () => {
  const server = await startRedis();
  const redis = await nodeRedisConnection(server);
  const start = () => {
    const clock = fakeClock();
    const store = redisRateLimits({ redis, keySecret: "secret" });
    const slots = { concurrency: 10, maxQueued: 10 };
    const limiter = createRateLimiter({
      profile: {},
      strategies: { limitValues },
      limits: [perChannel],
      store,
      slots,
      clock,
    });
    return { limiter, clock, store };
  };
  const [one, other] = [start(), start()];
  const send = ({ limiter }: ReturnType<typeof start>, channel: string) =>
    limiter.acquire(createCall({ url: `https://api.acme.test/things?channel=${channel}` }));
  await send(one, "C-first");
  await send(other, "C-second");
  const waiting = { isAdmitted: false };
  void Promise.resolve(send(other, "C-first")).then(() => Object.assign(waiting, { isAdmitted: true }));
  // Its timer is set once Redis replied that its turn comes later.
  await expect.poll(() => other.clock.pendingTimers).toBe(1);
  expect(waiting.isAdmitted).toBe(false);
  await other.clock.advance(60_000);
  await expect.poll(() => waiting.isAdmitted).toBe(true);

  const keys = ((await redis.send(["KEYS", "*:default 0 *"])) as string[]).map((key) => key.split("}:")[1]);
  expect(keys).toHaveLength(2);
  for (const key of keys) expect(key).toMatch(/^default 0 [0-9a-z]{1,11}$/);
  await Promise.all([one.store.close(), other.store.close()]);
});
