import { expect, test } from "vitest";
import { isNewer } from "./compare-versions.js";

// In the order of https://semver.org/#spec-item-11
const ascending = [
  "1.0.0-alpha",
  "1.0.0-alpha.1",
  "1.0.0-alpha.beta",
  "1.0.0-beta",
  "1.0.0-beta.2",
  "1.0.0-beta.11",
  "1.0.0-rc.1",
  "1.0.0",
  "1.0.1",
  "1.2.0",
  "1.10.0",
  "2.0.0",
  "10.0.0",
];

test("isNewer orders versions by semver precedence", () => {
  for (const [index, version] of ascending.entries()) {
    for (const [otherIndex, other] of ascending.entries())
      expect([version, other, isNewer(version, other)]).toEqual([version, other, index > otherIndex]);
  }
});

test("isNewer ignores build metadata", () => {
  expect(isNewer("1.0.0+build.2", "1.0.0+build.1")).toBe(false);
});
