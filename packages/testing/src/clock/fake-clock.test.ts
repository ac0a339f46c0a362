import { expect, test } from "vitest";
import { fakeClock } from "./fake-clock.js";

test("a fake clock only moves when it is advanced", async () => {
  const clock = fakeClock(1_000);
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect([clock.now(), clock.monotonic()]).toEqual([1_000, 0]);
  await clock.advance(250);
  expect([clock.now(), clock.monotonic()]).toEqual([1_250, 250]);
});

test("timers fire in the order in which they fall due, each at its own time", async () => {
  const clock = fakeClock(0);
  const fired: string[] = [];
  clock.schedule(30, () => fired.push(`c at ${clock.now()}`));
  clock.schedule(10, () => fired.push(`a at ${clock.now()}`));
  clock.schedule(10, () => fired.push(`b at ${clock.now()}`));
  clock.schedule(31, () => fired.push("too late"));
  await clock.advance(30);
  expect(fired).toEqual(["a at 10", "b at 10", "c at 30"]);
  expect(clock.pendingTimers).toBe(1);
});

test("the code that waited for a sleep runs before time moves on, so that its next sleep counts from there", async () => {
  const clock = fakeClock(0);
  const woke: number[] = [];
  const loop = async () => {
    for (let round = 0; round < 3; round += 1) {
      await clock.sleep(10);
      await Promise.resolve();
      woke.push(clock.now());
    }
  };
  const done = loop();
  await clock.advance(100);
  await done;
  expect(woke).toEqual([10, 20, 30]);
});

test("an aborted sleep rejects at once with the signal's reason and leaves no timer behind", async () => {
  const clock = fakeClock();
  const controller = new AbortController();
  const reason = new Error("enough");
  const sleep = clock.sleep(1_000, controller.signal);
  controller.abort(reason);
  await expect(sleep).rejects.toBe(reason);
  expect(clock.pendingTimers).toBe(0);
  await expect(clock.sleep(1, controller.signal)).rejects.toBe(reason);
});

test("a canceled timer does not fire", async () => {
  const clock = fakeClock();
  let fired = false;
  const cancel = clock.schedule(5, () => {
    fired = true;
  });
  cancel();
  await clock.advance(10);
  expect(fired).toBe(false);
});
