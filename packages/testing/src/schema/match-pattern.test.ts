import { expect, test } from "vitest";
import { matchPattern } from "./match-pattern.js";

test.each([
  ["what follows the pattern stays", "abc", "^[a-z]+$", {}, "abc"],
  ["letters of any script", "!!", "^[\\p{L}\\p{N}-]+$", {}, "text-3"],
  ["a lookahead", "x", "(?=.*[A-Z])(?=.*\\d)(?=.*[^A-Za-z0-9]).+", {}, "Secret-3-aA1!"],
  ["digits alone", "x", "^\\d+$", {}, "3"],
  ["a word without digits", "1", "^[A-Z]+$", {}, "TEXT"],
  ["a length", "!", "^[a-z0-9]{6,8}$", { minLength: 6, maxLength: 8 }, "text3x"],
])("%s", (_, text, pattern, bounds, wanted) => {
  expect(matchPattern(text, pattern, bounds, 3)).toBe(wanted);
});

test("what no known text follows, and what is no pattern, comes back as it was", () => {
  expect(matchPattern("x", "^arn:.*$", {}, 1)).toBe("x");
  expect(matchPattern("x", "(", {}, 1)).toBe("x");
});
