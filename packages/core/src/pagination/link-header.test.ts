import { expect, onTestFinished, test, vi } from "vitest";
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
])("the next page of the Link header %j is %j", (header, want) => {
  expect(nextLink(header)).toBe(want);
});

const units = ["<", ">", '<a>; rel="prev", ', "<a>; rel=", ";", " ", "<>", 'a="b";', "<a>;rel  =  "];

test.each(units)(
  "R46: a Link header that repeats %j is matched once from left to right, and not at all above 16 KiB",
  (unit) => {
    const matched = vi.spyOn(RegExp.prototype, "test");
    onTestFinished(() => matched.mockRestore());
    const matchedLength = () => matched.mock.calls.reduce((sum, [text]) => sum + text.length, 0);
    const header = unit.repeat(2 ** 14 / unit.length);
    expect(nextLink(header)).toBeUndefined();
    expect(matchedLength()).toBeLessThanOrEqual(header.length);
    // The spy sees how links are matched.
    expect(matched.mock.calls.length).toBe(header.split("<").length - 1);
    matched.mockClear();
    for (const size of [2 ** 15, 2 ** 16, 2 ** 20]) expect(nextLink(unit.repeat(size / unit.length))).toBeUndefined();
    expect(matched).not.toHaveBeenCalled();
  },
);
