import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { rejection } from "../../test/call.js";
import { systemClock } from "./clock.js";

const longestTimerMs = 2 ** 31 - 1;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("R5: a timer that is longer than the longest timer of the platform", () => {
  test.each([longestTimerMs + 1, 3 * longestTimerMs + 7, 9_999_999_999_000])(
    "of %i ms fires when it is due, and not after 1 ms",
    async (delayMs) => {
      const timer = vi.spyOn(globalThis, "setTimeout");
      let called = 0;
      systemClock.schedule(delayMs, () => {
        called += 1;
      });
      await vi.advanceTimersByTimeAsync(delayMs - 1);
      expect(called).toBe(0);
      await vi.advanceTimersByTimeAsync(1);
      expect(called).toBe(1);
      for (const [, given] of timer.mock.calls) expect(given).toBeLessThanOrEqual(longestTimerMs);
    },
  );

  test("can be cancelled in each of its parts", async () => {
    let called = 0;
    const cancel = systemClock.schedule(longestTimerMs * 2, () => {
      called += 1;
    });
    await vi.advanceTimersByTimeAsync(longestTimerMs + 10);
    cancel();
    await vi.advanceTimersByTimeAsync(longestTimerMs * 2);
    expect(called).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });
});

test.each([0.001, 1.2, 2.9999])("a timer of %d ms fires after whole milliseconds, rounded up", async (delayMs) => {
  const fired = vi.fn();
  systemClock.schedule(delayMs, fired);
  await vi.advanceTimersByTimeAsync(Math.ceil(delayMs) - 1);
  expect(fired).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(fired).toHaveBeenCalledTimes(1);
});

describe("the monotonic clock", () => {
  test("never goes back, where a fake clock is installed and where it is removed", async () => {
    await vi.advanceTimersByTimeAsync(5_000_000);
    const times = [systemClock.monotonic()];
    vi.useRealTimers();
    times.push(systemClock.monotonic());
    vi.useFakeTimers();
    times.push(systemClock.monotonic());
    await vi.advanceTimersByTimeAsync(100);
    times.push(systemClock.monotonic());
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect((times[3] ?? 0) - (times[2] ?? 0)).toBeCloseTo(100);
  });

  test("has moved by a timer that fired, also where a fake clock leaves `performance` as it is", async () => {
    vi.useRealTimers();
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const before = systemClock.monotonic();
    systemClock.schedule(60_000, () => {});
    await vi.advanceTimersByTimeAsync(60_000);
    expect(systemClock.monotonic() - before).toBeGreaterThanOrEqual(59_999);
  });
});

test("a timer that was set before a fake clock was installed can be cancelled, and does not keep the process", () => {
  vi.useRealTimers();
  const cleared = vi.spyOn(globalThis, "clearTimeout");
  const cancel = systemClock.schedule(1_000_000, () => {});
  vi.useFakeTimers();
  cancel();
  expect(cleared).toHaveBeenCalledTimes(1);
});

test("a timer with a negative delay fires at once", async () => {
  let called = false;
  systemClock.schedule(-5, () => {
    called = true;
  });
  await vi.advanceTimersByTimeAsync(0);
  expect(called).toBe(true);
});

describe("sleep", () => {
  test("resolves after its delay, and leaves no listener", async () => {
    const controller = new AbortController();
    const removed = vi.spyOn(controller.signal, "removeEventListener");
    let over = false;
    void systemClock.sleep(50, controller.signal).then(() => {
      over = true;
    });
    await vi.advanceTimersByTimeAsync(49);
    expect(over).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(over).toBe(true);
    expect(removed).toHaveBeenCalledTimes(1);
  });

  test("rejects with the signal's reason, before or while it waits, and leaves no timer", async () => {
    const controller = new AbortController();
    const sleeping = rejection(systemClock.sleep(50, controller.signal));
    controller.abort("enough");
    expect(await sleeping).toBe("enough");
    expect(await rejection(systemClock.sleep(50, controller.signal))).toBe("enough");
    expect(vi.getTimerCount()).toBe(0);
  });

  test("needs no signal", async () => {
    const sleeping = systemClock.sleep(5);
    await vi.advanceTimersByTimeAsync(5);
    await sleeping;
  });
});
