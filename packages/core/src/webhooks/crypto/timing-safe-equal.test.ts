import fc from "fast-check";
import { expect, test } from "vitest";
import { timingSafeEqual } from "./timing-safe-equal.js";

test("R37: two ASCII texts are equal where all of their characters are", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "b", "\0", "\x7f"), maxLength: 4 });
  fc.assert(
    fc.property(text, text, (one, other) => {
      expect(timingSafeEqual(one, other)).toBe(one === other);
      expect(timingSafeEqual(one, one)).toBe(true);
    }),
    { numRuns: 1_000, seed: 1 },
  );
});

test("R37: a text with a character outside ASCII equals no text, even after the expected text was compared", () => {
  for (const length of [28, 64, 128, 200]) {
    const expected = "0".repeat(length);
    for (const character of ["é", "ÿ", "\u0130", "\ud800", "€"]) {
      for (const at of [0, 1, length - 2, length - 1]) {
        expect(timingSafeEqual(expected, expected)).toBe(true);
        expect(timingSafeEqual(expected, expected.slice(0, at) + character + expected.slice(at + 1))).toBe(false);
      }
    }
  }
  expect(timingSafeEqual("é", "é")).toBe(false);
});
