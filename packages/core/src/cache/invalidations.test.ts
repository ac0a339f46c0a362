import { expect, test } from "vitest";
import { createInvalidations } from "./invalidations.js";

const tagsOf = (count: number) => Array.from({ length: count }, (_, index) => `tag ${index}`);

test("what was called back since a point may not be used from before it, and all else may", () => {
  const invalidations = createInvalidations();
  const { point } = invalidations;
  expect(invalidations.isCurrent(point, ["a", "b"])).toBe(true);
  invalidations.invalidate(["a"]);
  expect(invalidations.isCurrent(point, ["a"])).toBe(false);
  expect(invalidations.isCurrent(point, ["b", "a"])).toBe(false);
  expect(invalidations.isCurrent(point, ["b"])).toBe(true);
  expect(invalidations.isCurrent(point, [])).toBe(true);
  expect(invalidations.isCurrent(invalidations.point, ["a", "b"])).toBe(true);
  invalidations.flush();
  expect(invalidations.isCurrent(invalidations.point - 1, ["b"])).toBe(false);
});

test("10,000 tags are remembered one by one; with one more, all that is older is called back", () => {
  const invalidations = createInvalidations();
  const { point } = invalidations;
  invalidations.invalidate(tagsOf(9_999));
  invalidations.invalidate(["the last"]);
  expect(invalidations.isCurrent(point, ["other"])).toBe(true);
  expect(invalidations.isCurrent(point, ["the last"])).toBe(false);
  const before = invalidations.point;
  invalidations.invalidate(["one more"]);
  expect(invalidations.isCurrent(before, ["other"])).toBe(false);
  // From there on they are remembered one by one again.
  const after = invalidations.point;
  expect(invalidations.isCurrent(after, ["one more", "tag 1"])).toBe(true);
  invalidations.invalidate(["again"]);
  expect(invalidations.isCurrent(after, ["other", "tag 1"])).toBe(true);
  expect(invalidations.isCurrent(after, ["again"])).toBe(false);
});

test("more tags at once than are remembered call back everything", () => {
  const invalidations = createInvalidations();
  const { point } = invalidations;
  invalidations.invalidate(tagsOf(10_001));
  expect(invalidations.isCurrent(point, ["other"])).toBe(false);
  expect(invalidations.isCurrent(invalidations.point, ["tag 1"])).toBe(true);
});
