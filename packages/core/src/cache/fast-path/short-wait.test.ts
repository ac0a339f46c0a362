import { fakeClock } from "@connectry/testing";
import { expect, test } from "vitest";
import { createShortWait } from "./short-wait.js";

const never = new Promise<string>(() => {});

test("a short wait returns a value that is already there, and `late` for a rejection", async () => {
  const wait = createShortWait(fakeClock());
  expect(await wait(Promise.resolve("here"), undefined)).toBe("here");
  expect(await wait(Promise.reject(new Error("lost")), undefined)).toBe("late");
});

test("a short wait returns `late` after 5 to 10 ms, with one timer for all waits", async () => {
  const clock = fakeClock();
  const wait = createShortWait(clock);
  const ended: string[] = [];
  const begin = (name: string) => void wait(never, undefined).then((result) => ended.push(`${name} ${result}`));
  begin("first");
  begin("second");
  await clock.advance(4);
  begin("third");
  expect(clock.pendingTimers).toBe(1);
  await clock.advance(5);
  expect(ended).toEqual([]);
  await clock.advance(1);
  expect(ended).toEqual(["first late", "second late", "third late"]);
  expect(clock.pendingTimers).toBe(0);
  begin("fourth");
  await clock.advance(10);
  expect(ended).toHaveLength(4);
});

test("an abort ends a short wait at once, and no listener is left behind", async () => {
  const clock = fakeClock();
  const wait = createShortWait(clock);
  const controller = new AbortController();
  const late = wait(never, controller.signal);
  controller.abort();
  expect(await late).toBe("late");
  const { signal } = new AbortController();
  const listeners = new Set<unknown>();
  signal.addEventListener = (_: string, listener: unknown) => void listeners.add(listener);
  signal.removeEventListener = (type: string, listener: unknown) =>
    void (type === "abort" && listeners.delete(listener));
  await wait(Promise.resolve(), signal);
  expect(listeners.size).toBe(0);
});

test("a short wait ends although the timer of one before it was lost with a fake clock", async () => {
  const clock = fakeClock();
  const lossy = { ...clock, schedule: () => () => {} };
  const timers = [lossy.schedule, clock.schedule];
  const wait = createShortWait({ ...clock, schedule: (...args) => (timers.shift() ?? clock.schedule)(...args) });
  const lost = wait(never, undefined);
  await clock.advance(5);
  const later = wait(never, undefined);
  await clock.advance(10);
  expect(await Promise.all([lost, later])).toEqual(["late", "late"]);
});
