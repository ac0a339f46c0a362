import fc from "fast-check";
import { expect, test } from "vitest";
import { sameText } from "./same-text.js";

test("R37: texts of ASCII are the same where each letter is", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "b", "\0", "\x7f"), maxLength: 4 });
  fc.assert(
    fc.property(text, text, (one, other) => {
      expect(sameText(one, other)).toBe(one === other);
      expect(sameText(one, one)).toBe(true);
    }),
    { numRuns: 1_000, seed: 1 },
  );
});

test("R37: any other letter makes a text the same as none, also where the right one was compared just before", () => {
  for (const length of [28, 64, 128, 200]) {
    const right = "0".repeat(length);
    for (const letter of ["é", "ÿ", "\u0130", "\ud800", "€"]) {
      for (const at of [0, 1, length - 2, length - 1]) {
        expect(sameText(right, right)).toBe(true);
        expect(sameText(right, right.slice(0, at) + letter + right.slice(at + 1))).toBe(false);
      }
    }
  }
  expect(sameText("é", "é")).toBe(false);
});
