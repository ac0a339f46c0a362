import { expect, test } from "vitest";
import { shortestMs } from "../../test/shortest.js";
import { nextLink } from "./link-header.js";

test.each<[header: string, want: string | undefined]>([
  ["", undefined],
  ['<https://a.test/2>; rel="next"', "https://a.test/2"],
  ["<https://a.test/2>; rel=next", "https://a.test/2"],
  [
    '<https://a.test/1>; rel="prev", <https://a.test/3>; rel="next", <https://a.test/9>; rel="last"',
    "https://a.test/3",
  ],
  ['<https://a.test/2>; title="x"; rel="next"', "https://a.test/2"],
  ['<https://a.test/2>;rel="last next"', "https://a.test/2"],
  ['<https://a.test/2> ; REL = "NEXT"', "https://a.test/2"],
  ['<https://a.test/a,b;c>; rel="next"', "https://a.test/a,b;c"],
  ['<https://a.test/2>; rel="prev"', undefined],
  ['<https://a.test/2>; rel="nextish"', undefined],
  ['<https://a.test/2>; norel="next"', undefined],
  ["<https://a.test/2>", undefined],
  ['<https://a.test/2; rel="next"', undefined],
  ["https://a.test/2; rel=next", undefined],
  ['<1>; rel="prev"; <2>; rel="next"', "2"],
])("%j leads to %j", (header, want) => {
  expect(nextLink(header)).toBe(want);
});

test.each(["<", ">", '<a>; rel="prev", ', "<a>; rel=", ";", " ", "<>", 'a="b";', "<a>;rel  =  "])(
  "R46: a Link header of %j without an end is read within 10 ms",
  (unit) => {
    for (const size of [2 ** 14, 2 ** 16, 2 ** 20]) {
      const header = unit.repeat(size / unit.length);
      expect(nextLink(header)).toBeUndefined();
      expect(shortestMs(() => nextLink(header))).toBeLessThan(10);
    }
  },
);
