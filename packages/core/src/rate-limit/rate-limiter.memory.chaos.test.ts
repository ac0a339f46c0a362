import { fakeClock } from "@connectry/testing";
import { expect, test } from "vitest";
import { createCall, createTenant } from "../../test/call.js";
import { heldBytes } from "../../test/heap.js";
import { pause } from "../../test/pause.js";
import { localRateLimits } from "./local-rate-limits.js";
import { createRateLimiter } from "./rate-limiter.js";

const tenants = 80_000;

test("R59: 80,000 paused tenants take at most 300 bytes each", () => {
  let nowMs = 0;
  const clock = { ...fakeClock(), monotonic: () => nowMs };
  const limiter = createRateLimiter({
    profile: {},
    strategies: {},
    limits: [{ bucket: "default", limit: 10, perMs: 1_000 }],
    store: localRateLimits(clock),
    slots: { concurrency: 10, maxQueued: 10 },
    clock,
  });
  const sendOnce = (id: string) => {
    // All are still paused at the end.
    nowMs += 0.5;
    const call = createCall({ tenant: createTenant(id) });
    (limiter.acquire(call) as () => void)();
    pause(limiter, call, 60_000);
  };
  // What does not depend on the number of tenants is there before.
  for (let count = 0; count < 10_000; count += 1) sendOnce(`first ${count}`);
  const before = heldBytes();
  for (let count = 0; count < tenants; count += 1) sendOnce(`tenant ${count}`);
  const each = (heldBytes() - before) / tenants;
  console.log(`${each.toFixed(0)} bytes for each paused tenant`);
  expect(each).toBeLessThanOrEqual(300);
  expect(limiter.acquire(createCall({ tenant: createTenant("first 0") }))).toBeInstanceOf(Promise);
});

test("R59: 60,000 paths with a limit of their own leave memory flat", () => {
  let nowMs = 0;
  const clock = { ...fakeClock(), monotonic: () => nowMs };
  const limiter = createRateLimiter({
    profile: {},
    strategies: {},
    limits: [{ bucket: "default", limit: 10, perMs: 1_000, per: "operation" }],
    store: localRateLimits(clock),
    slots: { concurrency: 10, maxQueued: 10 },
    clock,
  });
  const sendOnce = (id: string) => {
    nowMs += 0.5;
    (limiter.acquire(createCall({ operation: { id, path: id } })) as () => void)();
  };
  for (let count = 0; count < 20_000; count += 1) sendOnce(`GET /first/${count}`);
  const before = heldBytes();
  for (let count = 0; count < 60_000; count += 1) sendOnce(`GET /later/${count}`);
  const grown = heldBytes() - before;
  console.log(`${(grown / 1e6).toFixed(1)} MB more after 60,000 paths`);
  expect(grown).toBeLessThan(2_000_000);
});
