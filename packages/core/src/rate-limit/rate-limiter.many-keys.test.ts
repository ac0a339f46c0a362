import { fakeClock } from "@connectry/testing";
import { expect, test } from "vitest";
import { createCall, createTenant } from "../../test/call.js";
import { pause } from "../../test/pause.js";
import type { RateLimit } from "../provider/profile.js";
import { localRateLimits } from "./local-rate-limits.js";
import { createRateLimiter } from "./rate-limiter.js";

const tenPerSecond: RateLimit = { bucket: "default", limit: 10, perMs: 1_000 };
type Parts = Parameters<typeof createCall>[0];

/** A limiter on a still clock. Each `enter` says when it passed, as soon as it did, and leaves when it is told to. */
function limiterOf(limits: readonly RateLimit[], concurrency = Infinity) {
  const clock = fakeClock();
  const limiter = createRateLimiter({
    profile: {},
    strategies: {},
    limits,
    store: localRateLimits(clock),
    slots: { concurrency, maxQueued: 10 },
    clock,
  });
  const enter = (parts?: Parts) => {
    const entered = { atMs: undefined as number | undefined, leave: () => {} };
    const note = (release: () => void) =>
      Object.assign(entered, { atMs: Math.round(clock.monotonic()), leave: release });
    const turn = limiter.acquire(createCall(parts));
    if (turn instanceof Promise) void turn.then(note);
    else note(turn);
    return entered;
  };
  /** So many other tenants come and go that what is idle is let go of. */
  const crowd = () => {
    for (let count = 0; count < 10_001; count += 1) enter({ tenant: createTenant(`tenant ${count}`) }).leave();
  };
  return { clock, limiter, enter, crowd };
}

test("a call that is under way keeps its slot while 10,000 other tenants come and go", async () => {
  const { clock, enter, crowd } = limiterOf([], 1);
  const first = enter();
  crowd();
  const second = enter();
  await clock.advance(60_000);
  expect([first.atMs, second.atMs]).toEqual([0, undefined]);
  first.leave();
  await clock.advance(0);
  expect(second.atMs).toBe(60_000);
});

test("a call that waits, while none is under way, is still notified of a pause after 10,000 other tenants came and went", async () => {
  const { clock, limiter, enter, crowd } = limiterOf([tenPerSecond]);
  enter().leave();
  const waiting = enter();
  crowd();
  pause(limiter, createCall(), 5_000);
  await clock.advance(5_500);
  expect([waiting.atMs, clock.pendingTimers]).toEqual([5_000, 0]);
});

test("a pause is kept also where most of 25,000 other tenants have a call under way", async () => {
  const { clock, limiter, enter } = limiterOf([tenPerSecond]);
  pause(limiter, createCall(), 5_000);
  for (let count = 0; count < 25_000; count += 1) enter({ tenant: createTenant(`tenant ${count}`) });
  const waiting = enter();
  await clock.advance(5_500);
  expect(waiting.atMs).toBe(5_000);
});

test("one operation's pause is kept also where another one of its bucket is free to go", async () => {
  const { clock, limiter, enter, crowd } = limiterOf([{ ...tenPerSecond, per: "operation" }]);
  const free = { operation: { id: "GET /free" } };
  const paused = { operation: { id: "GET /paused" } };
  enter(free).leave();
  pause(limiter, createCall(paused), 5_000);
  crowd();
  const [waiting, other] = [enter(paused), enter(free)];
  await clock.advance(5_500);
  expect([waiting.atMs, other.atMs]).toEqual([5_000, 100]);
});
