import { expect, test } from "vitest";
import { matchPattern } from "./match-pattern.js";

test.each([
  { title: "a string that matches is kept", text: "abc", constraints: { pattern: "^[a-z]+$" }, want: "abc" },
  { title: "letters of any script", text: "!!", constraints: { pattern: "^[\\p{L}\\p{N}-]+$" }, want: "text-3" },
  { title: "digits only", text: "x", constraints: { pattern: "^\\d+$" }, want: "3" },
  { title: "a word without digits", text: "1", constraints: { pattern: "^[A-Z]+$" }, want: "TEXT" },
  {
    title: "a length",
    text: "!",
    constraints: { pattern: "^[a-z0-9]{6,8}$", minLength: 6, maxLength: 8 },
    want: "text3x",
  },
])("a string is found for a pattern: $title", ({ text, constraints, want }) => {
  expect(matchPattern(text, constraints, 3)).toBe(want);
});

test("a string is returned unchanged where no candidate matches, and where the pattern is not checked", () => {
  expect(matchPattern("x", { pattern: "^arn:.*$" }, 1)).toBe("x");
  for (const pattern of ["(", "(?=.*[A-Z]).+", "(a)\\1", `${"(".repeat(4)}a${"+)".repeat(4)}+$`]) {
    expect(matchPattern("x", { pattern }, 1)).toBe("x");
  }
});
