import { expect, test } from "vitest";
import { matchesValue } from "./match-value.js";

test.each<[actual: unknown, expected: unknown, matches: boolean]>([
  ["open", "open", true],
  ["open", "closed", false],
  [5, "5", true],
  [false, false, true],
  [undefined, "open", false],
  [null, "open", false],
  // One of several.
  ["open", ["closed", "open"], true],
  ["open", "closed,open", true],
  ["open", [], true],
  // An object, or a list, that has the value.
  [{ id: 1, login: "octocat" }, "octocat", true],
  [{ id: 1, login: "octocat" }, "ada", false],
  [[{ name: "bug" }, { name: "ui" }], "bug,ui", true],
  [[{ name: "bug" }], "bug,ui", false],
  [["a", "b"], "b", true],
  // A member of an object.
  [{ order: "6735" }, { order: "6735" }, true],
  [{ order: "6735" }, { order: "1" }, false],
  // Ranges: https://docs.stripe.com/api/charges/list#list_charges-created
  [10, { gte: 10, lt: 20 }, true],
  [20, { gte: 10, lt: 20 }, false],
  [undefined, { gte: 10 }, false],
  ["2026-02-01T00:00:00Z", { gte: "2026-01-15" }, true],
  // A day, as Twilio compares its times.
  ["Sun, 01 Feb 2026 10:00:00 +0000", "2026-02-01", true],
  ["Sun, 01 Feb 2026 10:00:00 +0000", { lte: "2026-02-01" }, true],
  ["Mon, 02 Feb 2026 00:00:00 +0000", { lte: "2026-02-01" }, false],
  ["9", { gt: "10" }, false],
])("%j is what %j asks for: %s", (actual, expected, matches) => {
  expect(matchesValue(actual, expected)).toBe(matches);
});
