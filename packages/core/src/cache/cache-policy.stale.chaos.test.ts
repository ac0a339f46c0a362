import { fakeClock } from "@connectry/testing";
import { expect, test } from "vitest";
import { cacheOf } from "../../test/cache.js";
import { createReply } from "../../test/call.js";

test("R31: a stale response within staleWhileRevalidateMs takes at most 5 ms more than a fresh one", async () => {
  const options = { ttlMs: 1_000, staleWhileRevalidateMs: 10_000 };
  const clock = fakeClock();
  let count = 0;
  const acme = cacheOf({ clock }, async () => {
    count += 1;
    return count > 1 ? new Promise<never>(() => {}) : createReply(200, {}, { count });
  });
  const read100 = async () => {
    const startedAtMs = performance.now();
    const replies = await Promise.all(Array.from({ length: 100 }, () => acme.send(options)));
    return { ms: (performance.now() - startedAtMs) / 100, outcomes: new Set(replies.map(({ cache }) => cache)) };
  };
  await acme.send(options);
  const fresh = await read100();
  await clock.advance(2_000);
  const stale = await read100();
  expect([...fresh.outcomes, ...stale.outcomes]).toEqual(["hit", "stale"]);
  expect(stale.ms).toBeLessThanOrEqual(fresh.ms + 5);
});
