import * as fc from "fast-check";
import { expect, test } from "vitest";
import { writeData, writeText } from "./literal.js";

test("R48: a literal evaluates to its text, is on one line and has no control characters", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const literal = writeText(text);
      expect(new Function(`return ${literal}`)()).toBe(text);
      expect(literal).not.toMatch(/[\n\r\u2028\u2029\u202E\uFEFF]/);
    }),
    { numRuns: 500 },
  );
});

test("a literal evaluates to its data, with keys of any name", () => {
  const data = JSON.parse('{ "a": [1, true, null, "x"], "b-c": {}, "__proto__": { "d": 1 }, "constructor": 2 }');
  const back = new Function(`return ${writeData(data)}`)();
  expect(back).toEqual(data);
  expect(Object.getPrototypeOf(back)).toBe(Object.prototype);
  expect(Object.keys(back)).toEqual(Object.keys(data));
});
