import * as fc from "fast-check";
import { expect, test } from "vitest";
import { writeData, writeText } from "./literal.js";

test("R48: any text comes back from its literal, which is on one line and hides nothing", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const literal = writeText(text);
      expect(new Function(`return ${literal}`)()).toBe(text);
      expect(literal).not.toMatch(/[\n\r\u2028\u2029\u202E\uFEFF]/);
    }),
    { numRuns: 500 },
  );
});

test("data comes back from its literal, with keys of any name", () => {
  const data = JSON.parse('{ "a": [1, true, null, "x"], "b-c": {}, "__proto__": { "d": 1 }, "constructor": 2 }');
  const back = new Function(`return ${writeData(data)}`)();
  expect(back).toEqual(data);
  expect(Object.getPrototypeOf(back)).toBe(Object.prototype);
  expect(Object.keys(back)).toEqual(Object.keys(data));
});
