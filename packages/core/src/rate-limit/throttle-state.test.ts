import { expect, test } from "vitest";
import { createThrottleState } from "./throttle-state.js";

test("is closed until the longest of its pauses is over", () => {
  const throttle = createThrottleState();
  expect(throttle.blockedUntilMs()).toBe(0);
  throttle.pause(5_000);
  throttle.pause(3_000);
  expect(throttle.blockedUntilMs()).toBe(5_000);
});

test("closes when what was left of a quota is used, until the quota is fresh", () => {
  const throttle = createThrottleState();
  throttle.updateQuota({ remaining: 2, resetMs: 60_000 }, 0);
  throttle.countRequest();
  expect(throttle.blockedUntilMs()).toBe(0);
  throttle.countRequest();
  expect(throttle.blockedUntilMs()).toBe(60_000);
});

test("within one window what is left only falls, whatever responses overtake each other, and its end may jitter", () => {
  const throttle = createThrottleState();
  throttle.updateQuota({ remaining: 1, resetMs: 60_000 }, 0);
  throttle.updateQuota({ remaining: 3, resetMs: 59_500 }, 400);
  throttle.countRequest();
  expect(throttle.blockedUntilMs()).toBe(60_000);
});

test("a new window brings a quota of its own", () => {
  const throttle = createThrottleState();
  throttle.updateQuota({ remaining: 0, resetMs: 1_000 }, 0);
  expect(throttle.blockedUntilMs()).toBe(1_000);
  throttle.updateQuota({ remaining: 9, resetMs: 60_000 }, 500);
  expect(throttle.blockedUntilMs()).toBe(0);
});

test("windows of a second end one after another: what the last one had left says nothing of the next", () => {
  const throttle = createThrottleState();
  for (let second = 0; second < 5; second += 1) {
    const nowMs = second * 1_000 + 10;
    throttle.updateQuota({ remaining: 1, resetMs: 990 }, nowMs);
    expect(throttle.blockedUntilMs()).toBeLessThanOrEqual(nowMs);
    throttle.countRequest();
    expect(throttle.blockedUntilMs()).toBe((second + 1) * 1_000);
  }
});

test("a pause outlasts a quota that is fresh before, and the other way round", () => {
  const throttle = createThrottleState();
  throttle.updateQuota({ remaining: 0, resetMs: 2_000 }, 0);
  throttle.pause(9_000);
  expect(throttle.blockedUntilMs()).toBe(9_000);
  throttle.updateQuota({ remaining: 0, resetMs: 30_000 }, 3_000);
  expect(throttle.blockedUntilMs()).toBe(33_000);
});
