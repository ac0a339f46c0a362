import { expect, test } from "vitest";
import { createPauseGate } from "./pause-gate.js";

test("is closed until the longest of its pauses is over", () => {
  const gate = createPauseGate();
  expect(gate.opensAtMs()).toBe(0);
  gate.pause(5_000);
  gate.pause(3_000);
  expect(gate.opensAtMs()).toBe(5_000);
});

test("closes when what was left of a quota is used, until the quota is fresh", () => {
  const gate = createPauseGate();
  gate.learn({ remaining: 2, resetMs: 60_000 }, 0);
  gate.pass();
  expect(gate.opensAtMs()).toBe(0);
  gate.pass();
  expect(gate.opensAtMs()).toBe(60_000);
});

test("within one window what is left only falls, whatever answers overtake each other, and its end may jitter", () => {
  const gate = createPauseGate();
  gate.learn({ remaining: 1, resetMs: 60_000 }, 0);
  gate.learn({ remaining: 3, resetMs: 59_500 }, 400);
  gate.pass();
  expect(gate.opensAtMs()).toBe(60_000);
});

test("a new window brings a quota of its own", () => {
  const gate = createPauseGate();
  gate.learn({ remaining: 0, resetMs: 1_000 }, 0);
  expect(gate.opensAtMs()).toBe(1_000);
  gate.learn({ remaining: 9, resetMs: 60_000 }, 500);
  expect(gate.opensAtMs()).toBe(0);
});

test("windows of a second end one after another: what the last one had left says nothing of the next", () => {
  const gate = createPauseGate();
  for (let second = 0; second < 5; second += 1) {
    const nowMs = second * 1_000 + 10;
    gate.learn({ remaining: 1, resetMs: 990 }, nowMs);
    expect(gate.opensAtMs()).toBeLessThanOrEqual(nowMs);
    gate.pass();
    expect(gate.opensAtMs()).toBe((second + 1) * 1_000);
  }
});

test("a pause outlasts a quota that is fresh before, and the other way round", () => {
  const gate = createPauseGate();
  gate.learn({ remaining: 0, resetMs: 2_000 }, 0);
  gate.pause(9_000);
  expect(gate.opensAtMs()).toBe(9_000);
  gate.learn({ remaining: 0, resetMs: 30_000 }, 3_000);
  expect(gate.opensAtMs()).toBe(33_000);
});
