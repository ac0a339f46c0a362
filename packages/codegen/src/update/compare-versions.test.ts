import { expect, test } from "vitest";
import { isNewer } from "./compare-versions.js";

// The order of https://semver.org/#spec-item-11
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

test("each version is newer than all before it, and than none after it", () => {
  for (const [index, version] of ascending.entries()) {
    for (const [other, than] of ascending.entries())
      expect([version, than, isNewer(version, than)]).toEqual([version, than, index > other]);
  }
});

test("what was built otherwise is no newer version", () => {
  expect(isNewer("1.0.0+build.2", "1.0.0+build.1")).toBe(false);
});
