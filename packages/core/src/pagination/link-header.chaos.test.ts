import { expect, test } from "vitest";
import { bestOfMs, singlePassMs } from "../../test/best-of.js";
import { nextLink } from "./link-header.js";

const headers: [start: string, unit: string][] = [
  ...["<", ">", '<a>; rel="prev", ', "<a>; rel=", ";", " ", "<>", 'a="b";', "<a>;rel  =  "].map(
    (unit): [string, string] => ["", unit],
  ),
  // A value that never ends.
  ['<a>; rel="', "next "],
  ["<a>; rel=", "nextnext"],
];
const endless = (start: string, unit: string, length: number) =>
  `${start}${unit.repeat(length / unit.length)}`.slice(0, length);

test.each(headers)(
  "R46: a Link header of %j and then endlessly %j takes at most 10 ms more than a single pass over it",
  (start, unit) => {
    for (const size of [2 ** 14, 2 ** 16, 2 ** 20]) {
      const header = endless(start, unit, size);
      const controlMs = singlePassMs(header);
      expect(bestOfMs(() => nextLink(header))).toBeLessThan(10 + controlMs);
    }
  },
);

test.each(headers)(
  "R46: of a Link header of %j and then endlessly %j, 8 times the bytes take at most 3 times the factor that a split takes, or 24 times as long",
  (start, unit) => {
    const many = (work: () => unknown) =>
      bestOfMs(() => {
        for (let count = 0; count < 50; count += 1) work();
      });
    const ratioOf = (read: (header: string) => unknown) => {
      const [short, long] = [2 ** 11, 2 ** 14].map((size) => endless(start, unit, size)) as [string, string];
      return many(() => read(long)) / many(() => read(short));
    };
    // The control allocates as much as the header has parts. Work that grows with the square would take 64 times as long.
    const control = ratioOf((header) => header.split(/[<>; ]/));
    // A split of 8 times the bytes takes at least 8 times as long: where less was measured, the short one was disturbed.
    expect(ratioOf(nextLink)).toBeLessThan(3 * Math.max(8, control));
  },
);
