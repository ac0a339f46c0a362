import fc from "fast-check";
import { expect, onTestFinished, test, vi } from "vitest";
import { formFields, sortedFields } from "./form-fields.js";

test("formFields reads any form as URLSearchParams does", () => {
  const characters = fc.constantFrom(
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
  const texts = fc.oneof(fc.string({ unit: characters, maxLength: 20 }), fc.webQueryParameters());
  fc.assert(
    fc.property(texts, (text) => {
      // After a first field, because URLSearchParams removes a leading question mark.
      const pairs = [...(formFields(`x=1&${text}`) ?? [])].flatMap(([name, values]) =>
        [values].flat().map((value) => [name, value]),
      );
      // In ASCII, because Node 24 reads `%FF` before a character outside ASCII wrongly.
      const ascii = text.replace(/[^\0-\x7f]/gu, encodeURIComponent);
      const theirs = [...new URLSearchParams(`x=1&${ascii}`)];
      const byName = (list: string[][]) => list.map((pair) => JSON.stringify(pair)).sort();
      expect(byName(pairs)).toEqual(byName(theirs));
    }),
    { numRuns: 1_000, seed: 1 },
  );
});

test("formFields adds each value to those that it has, without copying them, where all fields have one name", () => {
  const formOf = (count: number) => Array.from({ length: count }, (_, index) => `a=${index}`).join("&");
  expect(formFields(formOf(3))?.get("a")).toEqual(["0", "1", "2"]);
  const set = vi.spyOn(Map.prototype, "set");
  onTestFinished(() => set.mockRestore());
  const values = formFields(formOf(1_000))?.get("a");
  // Once for a text, and once for the array that all further values are added to.
  expect(set.mock.calls.filter(([name]) => name === "a")).toHaveLength(2);
  expect(values).toEqual(Array.from({ length: 1_000 }, (_, index) => String(index)));
});

test("sortedFields sorts fields by name, and has each value of a name once", () => {
  expect(sortedFields("b=2&a=1&b=1&b=2&__proto__=x")).toBe("__proto__xa1b1b2");
});

test("sortedFields rejects escapes that are invalid or not UTF-8", () => {
  expect(sortedFields("a=%C3%A9")).toBe("aé");
  for (const text of ["a=%C3%28", "a=%zz", "a=%%%%"]) expect(() => sortedFields(text)).toThrow(TypeError);
});

test("R54: a form with more than 1,000 fields is not read", () => {
  const formOf = (count: number) => Array.from({ length: count }, (_, index) => `a${index}=1`).join("&");
  expect(formFields(formOf(1_000))?.size).toBe(1_000);
  expect(sortedFields(formOf(1_000))).toHaveLength(1_000 * 2 + 2_890);
  for (const text of [formOf(1_001), "&".repeat(1_000)]) {
    expect(formFields(text)).toBeUndefined();
    expect(sortedFields(text)).toBeUndefined();
  }
});
