import { expect, test } from "vitest";
import { bestOfMs } from "../../test/best-of.js";
import { createCall } from "../../test/call.js";
import { systemClock } from "../platform/clock.js";
import { localRateLimits } from "./local-rate-limits.js";
import { createRateLimiter } from "./rate-limiter.js";

test("letting 100,000 calls pass takes at most a second more than 100,000 reads of the clock", () => {
  const limiter = createRateLimiter({
    profile: {},
    strategies: {},
    limits: [{ bucket: "default", limit: 1_000_000_000, perMs: 1_000 }],
    store: localRateLimits(systemClock),
    slots: { concurrency: Infinity, maxQueued: Infinity },
    clock: systemClock,
  });
  const call = createCall();
  const controlMs = bestOfMs(() => {
    for (let count = 0; count < 100_000; count += 1) systemClock.monotonic();
  });
  const ms = bestOfMs(() => {
    for (let count = 0; count < 100_000; count += 1)
      if (limiter.acquire(call) instanceof Promise) throw new Error("It had to wait.");
  });
  expect(ms).toBeLessThanOrEqual(1_000 + controlMs);
});
