import { expect, test } from "vitest";
import { ThrottleState } from "./throttle-state.js";

test("is closed until the longest of its pauses is over", () => {
  const throttle = new ThrottleState();
  expect(throttle.blockedUntilMs()).toBe(0);
  throttle.pause(5_000, 0);
  throttle.pause(3_000, 0);
  expect(throttle.blockedUntilMs()).toBe(5_000);
});

test("closes when what was left of a quota is used, until the quota is fresh", () => {
  const throttle = new ThrottleState();
  throttle.update({ name: "requests", remaining: 2, resetMs: 60_000 }, 0);
  throttle.countCall(0);
  expect(throttle.blockedUntilMs()).toBe(0);
  throttle.countCall(0);
  expect(throttle.blockedUntilMs()).toBe(60_000);
});

test("within one window what is left only falls, whatever responses overtake each other, and its end may jitter", () => {
  const throttle = new ThrottleState();
  throttle.update({ name: "requests", remaining: 1, resetMs: 60_000 }, 0);
  throttle.update({ name: "requests", remaining: 3, resetMs: 59_500 }, 400);
  throttle.countCall(0);
  expect(throttle.blockedUntilMs()).toBe(60_000);
});

test("a new window brings a quota of its own", () => {
  const throttle = new ThrottleState();
  throttle.update({ name: "requests", remaining: 0, resetMs: 1_000 }, 0);
  expect(throttle.blockedUntilMs()).toBe(1_000);
  throttle.update({ name: "requests", remaining: 9, resetMs: 60_000 }, 500);
  expect(throttle.blockedUntilMs()).toBe(0);
});

test("windows of a second end one after another: what the last one had left says nothing of the next", () => {
  const throttle = new ThrottleState();
  for (let second = 0; second < 5; second += 1) {
    const nowMs = second * 1_000 + 10;
    throttle.update({ name: "requests", remaining: 1, resetMs: 990 }, nowMs);
    expect(throttle.blockedUntilMs()).toBeLessThanOrEqual(nowMs);
    throttle.countCall(nowMs);
    expect(throttle.blockedUntilMs()).toBe((second + 1) * 1_000);
  }
});

test("a pause outlasts a quota that is fresh before, and the other way round", () => {
  const throttle = new ThrottleState();
  throttle.update({ name: "requests", remaining: 0, resetMs: 2_000 }, 0);
  throttle.pause(9_000, 0);
  expect(throttle.blockedUntilMs()).toBe(9_000);
  throttle.update({ name: "requests", remaining: 0, resetMs: 30_000 }, 3_000);
  expect(throttle.blockedUntilMs()).toBe(33_000);
});

test("after a pause one call is a probe, and the others wait for its response", () => {
  const throttle = new ThrottleState();
  throttle.pause(5_000, 0);
  throttle.countCall(5_000);
  expect([throttle.blockedUntilMs(), throttle.probedUntilMs]).toEqual([0, 6_000]);
  expect(throttle.endProbe(5_000)).toBe(true);
  throttle.countCall(5_001);
  expect([throttle.blockedUntilMs(), throttle.probedUntilMs]).toEqual([0, 0]);
});

test("a response to a call from before the pause does not end the wait for the probe", () => {
  const throttle = new ThrottleState();
  throttle.pause(5_000, 0);
  throttle.countCall(5_000);
  expect(throttle.endProbe(4_000)).toBe(false);
  expect(throttle.probedUntilMs).toBe(6_000);
});

test("a probe without a response holds back the others for a second", () => {
  const throttle = new ThrottleState();
  throttle.pause(5_000, 0);
  throttle.countCall(7_000);
  expect(throttle.probedUntilMs).toBe(8_000);
});

test("also after a quota that was used up one call is a probe", () => {
  const throttle = new ThrottleState();
  throttle.update({ name: "requests", remaining: 0, resetMs: 60_000 }, 0);
  throttle.countCall(60_000);
  expect(throttle.probedUntilMs).toBe(61_000);
  throttle.endProbe(60_000);
  throttle.countCall(60_050);
  expect([throttle.blockedUntilMs(), throttle.probedUntilMs]).toEqual([0, 0]);
});

test("the quota that is used up decides, whatever is left of the others", () => {
  const throttle = new ThrottleState();
  throttle.update({ name: "requests", remaining: 5, resetMs: 1_000 }, 0);
  throttle.update({ name: "tokens", remaining: 0, resetMs: 9_000 }, 0);
  throttle.update({ name: "requests", remaining: 4, resetMs: 900 }, 100);
  expect(throttle.blockedUntilMs()).toBe(9_000);
});
