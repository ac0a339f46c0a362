import { expect, test } from "vitest";
import { waitUntil } from "./rule-readers.js";

const nowMs = 1_700_000_000_000;
const until = { header: "x-reset", unit: "epoch-seconds" } as const;

const reply = (value?: string) => ({
  headers: new Headers(value === undefined ? {} : { "x-reset": value }),
  body: undefined,
});

test.each([
  ["1700000010", 10_000],
  ["1700000010.5", 10_500],
  ["1600000000", 0],
  ["", undefined],
  ["-1", undefined],
  ["soon", undefined],
  ["1700000005, 1700000010", 10_000],
  ["1700000010000", 10_000],
  ["10", 10_000],
] as const)("the epoch second %j is %j ms from now", (text, want) => {
  expect(waitUntil(reply(text), until, nowMs)).toBe(want);
});

test("without the header, or without a rule, it says nothing", () => {
  expect(waitUntil(reply(), until, nowMs)).toBeUndefined();
  expect(waitUntil(reply("1"), undefined, nowMs)).toBeUndefined();
});

test("R46: a header of 1 MiB is set aside", () => {
  expect(waitUntil(reply("9".repeat(2 ** 20)), until, nowMs)).toBeUndefined();
});

test.each([
  [{ retry_after: 64.5 }, "seconds", 64_500],
  [{ retry_after: 250 }, "milliseconds", 250],
  [{ retry_after: nowMs + 250 }, "epoch-milliseconds", 250],
  [{ retry_after: "Tue, 14 Nov 2023 22:13:30 GMT" }, "seconds", 10_000],
  [{ retry_after: { seconds: 1 } }, "seconds", undefined],
  [{}, "seconds", undefined],
] as const)("of the body %j in %s, the wait is %j ms", (json, unit, want) => {
  const body = new TextEncoder().encode(JSON.stringify(json));
  expect(waitUntil({ headers: new Headers(), body }, { body: ["retry_after"], unit }, nowMs)).toBe(want);
});
