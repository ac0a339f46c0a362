import fc from "fast-check";
import { expect, test } from "vitest";
import { formFields, sortedFields } from "./form-fields.js";

test("a form is read as URLSearchParams reads it, whatever it holds", () => {
  const letters = fc.constantFrom(
    "a",
    "B",
    "=",
    "&",
    "%",
    "+",
    "%20",
    "%C3%A9",
    "%FF",
    "%zz",
    "é",
    "\u{1F600}",
    ";",
    "?",
  );
  const texts = fc.oneof(fc.string({ unit: letters, maxLength: 20 }), fc.webQueryParameters());
  fc.assert(
    fc.property(texts, (text) => {
      // Behind a first field, since URLSearchParams takes a leading question mark away.
      const pairs = [...formFields(`x=1&${text}`)].flatMap(([name, values]) =>
        [values].flat().map((value) => [name, value]),
      );
      const theirs = [...new URLSearchParams(`x=1&${text}`)];
      const byName = (list: string[][]) => list.map((pair) => JSON.stringify(pair)).sort();
      expect(byName(pairs)).toEqual(byName(theirs));
    }),
    { numRuns: 1_000, seed: 1 },
  );
});

test("a form of one name many times over takes no longer than its fields in several forms", () => {
  const formOf = (count: number) => Array.from({ length: count }, (_, index) => `a=${index}`).join("&");
  expect(formFields(formOf(3)).get("a")).toEqual(["0", "1", "2"]);
  const readUs = (text: string, times: number) => {
    const before = process.cpuUsage();
    for (let count = 0; count < times; count += 1) formFields(text);
    return process.cpuUsage(before).user;
  };
  const [short, long] = [formOf(1_000), formOf(8_000)];
  const bestOfFive = (read: () => number) => Math.min(...Array.from({ length: 5 }, read));
  readUs(short, 80);
  // Eight times as much where the time grows with the square of the length.
  expect(bestOfFive(() => readUs(long, 8)) / bestOfFive(() => readUs(short, 64))).toBeLessThanOrEqual(3);
});

test("fields are signed by name, each of their values once", () => {
  expect(sortedFields("b=2&a=1&b=1&b=2&__proto__=x")).toBe("__proto__xa1b1b2");
});
