import { fakeClock, seededRandom } from "@connectry/testing";
import { describe, expect, test } from "vitest";
import { createCall, rejection } from "../../test/call.js";
import { mostInWindow } from "../../test/windows.js";
import { QuotaExceededError } from "../errors/call-errors.js";
import { createAdmissionQueue } from "./admission-queue.js";
import { createBulkhead } from "./bulkhead.js";
import { allowedAtMs, nextTatMs, toGcra } from "./gcra.js";
import type { Reservation } from "./rate-limit-store.js";
import { reserveAll } from "./reserve-all.js";
import { ThrottleState } from "./throttle-state.js";

interface QueueOptions {
  readonly tripMs?: number | undefined;
  readonly concurrency?: number;
}

/** An admission queue on a stopped clock with one limit, whose store takes `tripMs` to reply. */
function queueOf(limit: number, { tripMs, concurrency = Infinity }: QueueOptions = {}) {
  const perMs = 1_000;
  const clock = fakeClock();
  const throttle = new ThrottleState();
  const gcra = toGcra({ bucket: "default", limit, perMs });
  const slots = { maxQueued: Infinity };
  const bulkhead = createBulkhead(concurrency);
  const queue = createAdmissionQueue({
    states: () => ({ throttles: [throttle], bulkheads: [bulkhead] }),
    slots,
    clock,
  });
  const passed: { readonly name: string; readonly atMs: number }[] = [];
  const requested: number[] = [];
  let tatMs = 0;
  const reserve = (cost: number): Reservation => {
    const state = { allowedAtMs: allowedAtMs({ gcra, cost }, tatMs), toleranceMs: gcra.toleranceMs };
    return reserveAll([state], clock.monotonic(), (_, atMs) => {
      tatMs = nextTatMs({ gcra, cost }, tatMs, atMs);
    });
  };
  const pass = (
    name: string,
    { fairnessKey = "", weight = (): number => 1, deadlineMs = Infinity, signal = new AbortController().signal } = {},
  ) => {
    const turn = queue.acquire({
      call: createCall({ settings: { fairnessKey }, deadline: { atMs: deadlineMs, allowedMs: deadlineMs }, signal }),
      weight,
      minWaitMs: (ahead) => ahead * gcra.intervalMs,
      reserve: (_, waiting) => {
        requested.push(waiting());
        return tripMs === undefined ? reserve(weight()) : clock.sleep(tripMs).then(() => reserve(weight()));
      },
    });
    const note = () => void passed.push({ name, atMs: clock.monotonic() });
    if (!(turn instanceof Promise)) note();
    return turn instanceof Promise ? turn.then(note) : Promise.resolve();
  };
  return { clock, throttle, bulkhead, pass, passed, requested, intervalMs: gcra.intervalMs };
}

// What lies a second apart but for the rounding of doubles lies a second apart.
const mostInSecond = (times: readonly number[]) => mostInWindow(times, 999.999);

const countTo = (count: number) => Array.from({ length: count }, (_, index) => index);

describe.each([
  ["permits that the store returns synchronously", undefined],
  ["permits that the store returns after 1 ms", 1],
] as const)("with %s", (_, tripMs) => {
  test("calls pass as the limit allows, in order of arrival, and leave no timer", async () => {
    const { clock, bulkhead, pass, passed } = queueOf(100, { tripMs });
    const all = countTo(300).map((index) => pass(String(index)));
    await clock.advance(4_000);
    await Promise.all(all);
    expect(passed.map(({ name }) => name)).toEqual(countTo(300).map(String));
    expect(mostInSecond(passed.map(({ atMs }) => atMs))).toBeLessThanOrEqual(100);
    expect(passed.at(-1)?.atMs).toBeLessThanOrEqual(3_100 + (tripMs === undefined ? 0 : 300));
    expect([clock.pendingTimers, bulkhead.waiting, bulkhead.queues.size]).toEqual([0, 0, 0]);
  });

  test("R20: where half of the waiting calls are aborted, at least 95 % of the limit is used", async () => {
    const { clock, pass, passed } = queueOf(100, { tripMs });
    const random = seededRandom(20);
    const ends: Promise<unknown>[] = [];
    for (let tick = 0; tick < 1_000; tick += 1) {
      // Three come for each one that may pass, and half of them give up somewhere on their way.
      for (const name of countTo(3).map(String)) {
        const controller = new AbortController();
        ends.push(pass(name, { signal: controller.signal }).catch(() => {}));
        if (random() < 0.5) clock.schedule(random() * 200, () => controller.abort());
      }
      await clock.advance(10);
    }
    const rate = passed.filter(({ atMs }) => atMs < 10_000).length / 10;
    expect(rate).toBeGreaterThanOrEqual(95);
    expect(mostInSecond(passed.map(({ atMs }) => atMs))).toBeLessThanOrEqual(100);
    await clock.advance(60_000);
    await Promise.all(ends);
    expect(clock.pendingTimers).toBe(0);
  });

  test("calls that are rejected before their turn use no permits, so that a later call is not delayed", async () => {
    const { clock, pass, passed } = queueOf(10, { tripMs });
    void pass("first");
    await clock.advance(2);
    for (const _ of countTo(40)) {
      const late = rejection(pass("early deadline", { deadlineMs: clock.monotonic() + 5 }));
      await clock.advance(2);
      expect(await late).toBeInstanceOf(QuotaExceededError);
    }
    const waiting = pass("no deadline");
    await clock.advance(200);
    await waiting;
    expect(passed.at(-1)?.atMs).toBeLessThanOrEqual(120);
  });

  test("a permit that was not used in time is dropped, so that later calls do not exceed the limit", async () => {
    const { clock, pass, passed } = queueOf(10, { tripMs });
    const controller = new AbortController();
    void pass("first");
    await clock.advance(2);
    const second = rejection(pass("gives up", { signal: controller.signal }));
    await clock.advance(10);
    controller.abort(new Error("enough"));
    await second;
    await clock.advance(10_000);
    const all = countTo(20).map((index) => pass(String(index)));
    await clock.advance(3_000);
    await Promise.all(all);
    const later = passed.map(({ atMs }) => atMs).filter((atMs) => atMs > 5_000);
    expect(mostInSecond(later)).toBeLessThanOrEqual(10);
  });

  test("no call passes during a pause, and after it no more calls than the limit allows", async () => {
    const { clock, throttle, pass, passed } = queueOf(10, { tripMs });
    const all = countTo(25).map((index) => pass(String(index)));
    await clock.advance(250);
    throttle.pause(5_000, 0);
    await clock.advance(9_000);
    await Promise.all(all);
    const times = passed.map(({ atMs }) => atMs);
    expect(times.filter((atMs) => atMs > 250 + 2 && atMs < 5_000)).toEqual([]);
    const opened = times.filter((atMs) => atMs >= 5_000);
    expect(opened.filter((atMs) => atMs < 5_050)).toHaveLength(1);
    expect(mostInSecond(opened)).toBeLessThanOrEqual(10);
  });
});

test("R19: beside a key with 100 times as many calls, another key waits at most twice as long as is fair", async () => {
  const { clock, pass, passed, intervalMs } = queueOf(100);
  const cameAtMs = new Map<string, number>();
  const all: Promise<unknown>[] = [];
  for (let tick = 0; tick < 50; tick += 1) {
    for (const index of countTo(100)) all.push(pass(`noisy ${tick} ${index}`, { fairnessKey: "noisy" }));
    const name = `quiet ${tick}`;
    cameAtMs.set(name, clock.monotonic());
    all.push(pass(name, { fairnessKey: "quiet" }));
    await clock.advance(100);
  }
  await clock.advance(60_000);
  await Promise.all(all);
  const waits = passed
    .filter(({ name }) => cameAtMs.has(name))
    .map(({ name, atMs }) => atMs - (cameAtMs.get(name) ?? 0))
    .sort((a, b) => a - b);
  expect(waits).toHaveLength(50);
  // Fair: of two keys each has every second turn.
  expect(waits.at(Math.ceil(waits.length * 0.99) - 1)).toBeLessThanOrEqual(2 * 2 * intervalMs);
});

test("R19: 10,000 waiting calls of one key pass in order of arrival", async () => {
  const { clock, pass, passed } = queueOf(100_000);
  const all = countTo(10_000).map((index) => pass(String(index)));
  await clock.advance(1_000);
  await Promise.all(all);
  expect(passed.map(({ name }) => Number(name))).toEqual(countTo(10_000));
});

test("a call that cannot pass before its deadline is rejected at once, with the wait as retryAfterMs", async () => {
  const { clock, pass } = queueOf(10);
  for (const index of countTo(20)) void pass(String(index)).catch(() => {});
  const startedAtMs = clock.monotonic();
  const error = await rejection<QuotaExceededError>(pass("early deadline", { deadlineMs: 1_000 }));
  expect(error).toBeInstanceOf(QuotaExceededError);
  expect(error.retryAfterMs).toBeGreaterThan(1_000);
  expect(clock.monotonic()).toBe(startedAtMs);
});

test("an abort rejects at once with the signal's reason, and removes the timer if no other call waits", async () => {
  const { clock, bulkhead, pass } = queueOf(10);
  const controller = new AbortController();
  await pass("first");
  const waiting = rejection(pass("second", { signal: controller.signal }));
  expect(clock.pendingTimers).toBe(1);
  const reason = new Error("enough");
  controller.abort(reason);
  expect(await waiting).toBe(reason);
  expect([clock.pendingTimers, bulkhead.waiting, bulkhead.queues.size]).toEqual([0, 0, 0]);
});

test("the permit of an aborted call is not used for a call with a higher weight", async () => {
  const { clock, pass, passed } = queueOf(10);
  await pass("first");
  const controller = new AbortController();
  const light = rejection(pass("light", { signal: controller.signal }));
  const heavy = pass("heavy", { weight: () => 5 });
  controller.abort(new Error("enough"));
  await light;
  await clock.advance(2_000);
  await heavy;
  expect(passed.at(-1)?.name).toBe("heavy");
  expect(passed.at(-1)?.atMs).toBeCloseTo(600, 1);
});

test("the permit of an aborted call is not used for a call whose weight became higher while it waited", async () => {
  const { clock, pass, passed } = queueOf(10);
  await pass("first");
  const controller = new AbortController();
  const light = rejection(pass("light", { signal: controller.signal }));
  let weight = 1;
  const learned = pass("learned", { weight: () => weight });
  weight = 5;
  controller.abort(new Error("enough"));
  await light;
  await clock.advance(2_000);
  await learned;
  expect(passed.at(-1)?.atMs).toBeCloseTo(600, 1);
});

test("permits are requested one at a time, with the number of waiting calls", async () => {
  const { clock, pass, requested } = queueOf(100, { tripMs: 1 });
  const all = countTo(4).map((index) => pass(String(index)));
  await clock.advance(1_000);
  await Promise.all(all);
  expect(requested).toEqual([1, 3, 2, 1]);
});

test("R20: permits are requested only for waiting calls that have a slot, so that each of them is used", async () => {
  const { clock, pass, requested, passed } = queueOf(1_000_000, { tripMs: 1, concurrency: 5 });
  const all = countTo(20).map((index) => pass(String(index)));
  await clock.advance(10);
  expect(passed).toHaveLength(5);
  // The first comes alone; then four slots are left, and one less with each that passed.
  expect(requested).toEqual([1, 4, 3, 2, 1]);
  void all;
});
