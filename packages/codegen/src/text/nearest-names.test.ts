import { expect, test } from "vitest";
import { nearestNames, suggestNames } from "./nearest-names.js";

const providers = ["github", "hubspot", "slack", "stripe", "twilio"];

test.each([
  ["strpe", "stripe"],
  ["stirpe", "stripe"],
  ["Stripe", "stripe"],
  ["git", "github"],
  ["hubsport", "hubspot"],
])("nearestNames finds %s to be close to %s", (typed, meant) => {
  expect(nearestNames(typed, providers)[0]).toBe(meant);
});

test("nearestNames finds nothing for a name that resembles no known one", () => {
  expect(nearestNames("salesforce", providers)).toEqual([]);
});

test("suggestNames lists all known names, sorted, where none is similar", () => {
  expect(suggestNames("salesforce", ["stripe", "github"])).toBe("use one of github, stripe.");
});

test("suggestNames says so where no name is known", () => {
  expect(suggestNames("stripe", [])).toBe("no name is known.");
});
