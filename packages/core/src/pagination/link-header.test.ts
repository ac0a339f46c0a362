import { expect, test } from "vitest";
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
  ['<https://a.test/2>; rel="prev"; rel="next"', "https://a.test/2"],
  ['<https://a.test/2>; rel="nextish next"', "https://a.test/2"],
  ['<https://a.test/2>; rel="next', undefined],
  // https://docs.sentry.io/api/pagination/
  [
    '<https://a.test/?cursor=0:0:1>; rel="previous"; results="false"; cursor="0:0:1", <https://a.test/?cursor=0:100:0>; rel="next"; results="true"; cursor="0:100:0"',
    "https://a.test/?cursor=0:100:0",
  ],
  [
    '<https://a.test/?cursor=0:0:1>; rel="previous"; results="true"; cursor="0:0:1", <https://a.test/?cursor=0:200:0>; rel="next"; results="false"; cursor="0:200:0"',
    undefined,
  ],
  ["<https://a.test/2>; results=false; rel=next", undefined],
])("the next page of the Link header %j is %j", (header, want) => {
  expect(nextLink(header)).toBe(want);
});

const units = [
  "<",
  ">",
  '<a>; rel="prev", ',
  "<a>; rel=",
  ";",
  " ",
  "<>",
  'a="b";',
  "<a>;rel  =  ",
  '<a>; rel="next ',
  "next ",
];
const link = '<https://a.test/2>; rel="next"';

test.each(units)("R46: a link after a Link header of %j is found in up to 16 KiB, and not looked for above", (unit) => {
  const hostile = (length: number) => unit.repeat(length / unit.length + 1).slice(0, length);
  const filled = `${hostile(2 ** 14 - link.length)}${link}`;
  expect([filled.length, nextLink(filled)]).toEqual([2 ** 14, "https://a.test/2"]);
  for (const size of [2 ** 14 + 1, 2 ** 15, 2 ** 16, 2 ** 20])
    expect(nextLink(`${hostile(size - link.length)}${link}`)).toBeUndefined();
});
