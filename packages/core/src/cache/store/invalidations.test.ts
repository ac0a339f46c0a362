import { expect, test } from "vitest";
import { createInvalidations } from "./invalidations.js";

const tagsOf = (count: number) => Array.from({ length: count }, (_, index) => `tag ${index}`);

test("an entry from before an invalidation of its tags is not current, and every other entry is", () => {
  const invalidations = createInvalidations();
  const { sequence: invalidationSequence } = invalidations;
  expect(invalidations.isCurrent(invalidationSequence, ["a", "b"])).toBe(true);
  invalidations.invalidate(["a"]);
  expect(invalidations.isCurrent(invalidationSequence, ["a"])).toBe(false);
  expect(invalidations.isCurrent(invalidationSequence, ["b", "a"])).toBe(false);
  expect(invalidations.isCurrent(invalidationSequence, ["b"])).toBe(true);
  expect(invalidations.isCurrent(invalidationSequence, [])).toBe(true);
  expect(invalidations.isCurrent(invalidations.sequence, ["a", "b"])).toBe(true);
  invalidations.flush();
  expect(invalidations.isCurrent(invalidations.sequence - 1, ["b"])).toBe(false);
});

test("10,000 tags are remembered one by one; one more invalidates everything older", () => {
  const invalidations = createInvalidations();
  const { sequence: invalidationSequence } = invalidations;
  invalidations.invalidate(tagsOf(9_999));
  invalidations.invalidate(["the last"]);
  expect(invalidations.isCurrent(invalidationSequence, ["other"])).toBe(true);
  expect(invalidations.isCurrent(invalidationSequence, ["the last"])).toBe(false);
  const before = invalidations.sequence;
  invalidations.invalidate(["one more"]);
  expect(invalidations.isCurrent(before, ["other"])).toBe(false);
  // From then on tags are remembered one by one again.
  const after = invalidations.sequence;
  expect(invalidations.isCurrent(after, ["one more", "tag 1"])).toBe(true);
  invalidations.invalidate(["again"]);
  expect(invalidations.isCurrent(after, ["other", "tag 1"])).toBe(true);
  expect(invalidations.isCurrent(after, ["again"])).toBe(false);
});

test("an invalidation of more than 10,000 tags invalidates everything", () => {
  const invalidations = createInvalidations();
  const { sequence: invalidationSequence } = invalidations;
  invalidations.invalidate(tagsOf(10_001));
  expect(invalidations.isCurrent(invalidationSequence, ["other"])).toBe(false);
  expect(invalidations.isCurrent(invalidations.sequence, ["tag 1"])).toBe(true);
});
