import { expect, test } from "vitest";
import { nearestNames, suggestNames } from "./nearest-names.js";

const providers = ["github", "hubspot", "slack", "stripe", "twilio"];

test.each([
  ["strpe", "stripe"],
  ["stirpe", "stripe"],
  ["Stripe", "stripe"],
  ["git", "github"],
  ["hubsport", "hubspot"],
])("offers for %s the name %s", (typed, meant) => {
  expect(nearestNames(typed, providers)[0]).toBe(meant);
});

test("offers nothing for a name that is like none", () => {
  expect(nearestNames("salesforce", providers)).toEqual([]);
});

test("lists all names where none is near, in order", () => {
  expect(suggestNames("salesforce", ["stripe", "github"])).toBe("Known are: github, stripe.");
});

test("says so where there is no name at all", () => {
  expect(suggestNames("stripe", [])).toBe("There are none.");
});
