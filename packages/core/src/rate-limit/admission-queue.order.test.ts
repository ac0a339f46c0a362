import { type FakeClock, fakeClock } from "@connectry/testing";
import { expect, test } from "vitest";
import { createCall, rejection } from "../../test/call.js";
import type { QuotaExceededError } from "../errors/call-errors.js";
import { createAdmissionQueue, type Release } from "./admission-queue.js";
import { type Bulkhead, createBulkhead } from "./bulkhead.js";
import type { Reservation } from "./rate-limit-store.js";
import { ThrottleState } from "./throttle-state.js";

interface Line {
  readonly clock: FakeClock;
  readonly bulkhead: Bulkhead;
  /** Replies to each request for a permit of that weight. */
  readonly reserve?: (weight: number) => Reservation;
  /** Is called with each call that passed, and the function that releases its slot. */
  readonly onPass?: (name: string, release: Release) => void;
}

const atOnce = (): Reservation => ({ kind: "reserved", delayMs: 0 });

/** An admission queue with a throttle state of its own. */
function lineOf({ clock, bulkhead, reserve = atOnce, onPass }: Line) {
  const throttle = new ThrottleState();
  const queue = createAdmissionQueue({
    states: () => ({ throttles: [throttle], bulkheads: [bulkhead] }),
    slots: { maxQueued: Infinity },
    clock,
  });
  const pass = (name: string, { weight = 1, deadlineMs = Infinity } = {}): Promise<void> => {
    const turn = queue.acquire({
      call: createCall({ deadline: { atMs: deadlineMs, allowedMs: deadlineMs } }),
      weight: () => weight,
      minWaitMs: () => 0,
      reserve: () => reserve(weight),
    });
    const note = (release: Release) => onPass?.(name, release);
    if (turn instanceof Promise) return turn.then(note);
    note(turn);
    return Promise.resolve();
  };
  return { throttle, pass };
}

test("several queues that wait for one slot take turns", async () => {
  const passed: string[] = [];
  let release = () => {};
  const options: Line = {
    clock: fakeClock(),
    bulkhead: createBulkhead(1),
    onPass(name, end) {
      passed.push(name);
      release = end;
    },
  };
  const lines = { a: lineOf(options), b: lineOf(options), c: lineOf(options) };
  void lines.a.pass("first");
  for (const round of [1, 2]) for (const name of ["a", "b", "c"] as const) void lines[name].pass(`${name}${round}`);
  for (let served = 0; served < 6; served += 1) {
    release();
    await options.clock.advance(0);
  }
  expect(passed).toEqual(["first", "a1", "b1", "c1", "a2", "b2", "c2"]);
});

test("after a `later` the store is asked again no sooner, also when other calls arrive, and no call passes without a permit", async () => {
  const clock = fakeClock();
  const askedAtMs: number[] = [];
  const admittedAtMs: number[] = [];
  const { pass } = lineOf({
    clock,
    bulkhead: createBulkhead(Infinity),
    reserve() {
      askedAtMs.push(clock.monotonic());
      return clock.monotonic() < 1_000 ? { kind: "later", delayMs: 1_000 } : { kind: "reserved", delayMs: 50 };
    },
    onPass: () => void admittedAtMs.push(clock.monotonic()),
  });
  void pass("first");
  await clock.advance(300);
  void pass("second");
  await clock.advance(2_000);
  expect(askedAtMs).toEqual([0, 1_000, 1_050]);
  expect(admittedAtMs).toEqual([1_050, 1_100]);
});

test("a call with a high weight does not delay an earlier call with a low weight", async () => {
  const clock = fakeClock();
  const passed: string[] = [];
  const { pass } = lineOf({
    clock,
    bulkhead: createBulkhead(Infinity),
    reserve: (weight) => ({ kind: "reserved", delayMs: 100 * weight }),
    onPass: (name) => void passed.push(`${name} at ${clock.monotonic()}`),
  });
  void pass("light");
  void pass("heavy", { weight: 5 });
  await clock.advance(1_000);
  expect(passed).toEqual(["light at 100", "heavy at 600"]);
});

test("a call waits for a slot without a timer, and is not rejected because of its deadline", async () => {
  const clock = fakeClock();
  const leaves: Release[] = [];
  const { pass } = lineOf({
    clock,
    bulkhead: createBulkhead(1),
    onPass: (_, release) => void leaves.push(release),
  });
  void pass("first");
  const second = pass("second", { deadlineMs: 10_000 });
  const third = pass("third");
  expect(clock.pendingTimers).toBe(0);
  await clock.advance(5_000);
  leaves[0]?.();
  await second;
  leaves[1]?.();
  await third;
  expect(clock.monotonic()).toBe(5_000);
});

test("retryAfterMs of a rejected call is the time from now until it could pass", async () => {
  const clock = fakeClock();
  const { throttle, pass } = lineOf({
    clock,
    bulkhead: createBulkhead(Infinity),
    reserve: () => ({ kind: "reserved", delayMs: 700 }),
  });
  await clock.advance(3_000);
  const byLimit = await rejection<QuotaExceededError>(pass("hasty", { deadlineMs: 3_500 }));
  throttle.pause(5_000, 0);
  const byPause = await rejection<QuotaExceededError>(pass("hasty", { deadlineMs: 3_500 }));
  expect([byLimit.retryAfterMs, byPause.retryAfterMs]).toEqual([700, 2_000]);
  expect(byPause.message).toMatch(/^GET \/things: .* in 2000 ms/);
});

test("a call whose deadline is after the pause waits for its end, however long the process has run", async () => {
  const clock = fakeClock();
  const { throttle, pass } = lineOf({ clock, bulkhead: createBulkhead(Infinity) });
  await clock.advance(60_000);
  throttle.pause(65_000, 0);
  const turn = pass("waits for the pause", { deadlineMs: 66_000 });
  await clock.advance(5_000);
  await turn;
  expect(clock.monotonic()).toBe(65_000);
});

test("10,000 calls that wait for the end of a pause all go after the first of them, a second later at most", async () => {
  const clock = fakeClock();
  const leaves: Release[] = [];
  const { throttle, pass } = lineOf({
    clock,
    bulkhead: createBulkhead(Infinity),
    onPass: (_, release) => void leaves.push(release),
  });
  throttle.pause(1_000, 0);
  for (let count = 0; count < 10_000; count += 1) void pass(String(count));
  await clock.advance(1_000);
  expect(leaves).toHaveLength(1);
  await clock.advance(1_000);
  expect(leaves).toHaveLength(10_000);
});
