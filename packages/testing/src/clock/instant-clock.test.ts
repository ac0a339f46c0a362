import { expect, test } from "vitest";
import { instantClock } from "./instant-clock.js";

test("waits are over at once and written down, and time passes by them alone", async () => {
  const clock = instantClock(1_000);
  await clock.sleep(60_000);
  await clock.sleep(5);
  expect(clock.waits).toEqual([60_000, 5]);
  expect([clock.now(), clock.monotonic()]).toEqual([61_005, 60_005]);
});

test("what is scheduled never comes, and an aborted wait rejects with its reason", async () => {
  const clock = instantClock();
  let came = false;
  const cancel = clock.schedule(1, () => {
    came = true;
  });
  await clock.sleep(10_000);
  cancel();
  expect(came).toBe(false);
  const reason = new Error("enough");
  await expect(clock.sleep(1, AbortSignal.abort(reason))).rejects.toBe(reason);
  expect(clock.waits).toEqual([10_000]);
});
