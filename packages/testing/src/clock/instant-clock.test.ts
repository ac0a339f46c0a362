import { expect, test } from "vitest";
import { instantClock } from "./instant-clock.js";

test("sleeps end at once and are recorded, and time only passes by sleeping", async () => {
  const clock = instantClock(1_000);
  await clock.sleep(60_000);
  await clock.sleep(5);
  expect(clock.waits).toEqual([60_000, 5]);
  expect([clock.now(), clock.monotonic()]).toEqual([61_005, 60_005]);
});

test("a scheduled timer never fires, and an aborted sleep rejects with its reason", async () => {
  const clock = instantClock();
  let fired = false;
  const cancel = clock.schedule(1, () => {
    fired = true;
  });
  await clock.sleep(10_000);
  cancel();
  expect(fired).toBe(false);
  const reason = new Error("enough");
  await expect(clock.sleep(1, AbortSignal.abort(reason))).rejects.toBe(reason);
  expect(clock.waits).toEqual([10_000]);
});
