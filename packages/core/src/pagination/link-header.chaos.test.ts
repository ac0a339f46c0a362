import { expect, test } from "vitest";
import { bestOfMs, singlePassMs } from "../../test/best-of.js";
import { nextLink } from "./link-header.js";

test.each(["<", ">", '<a>; rel="prev", ', "<a>; rel=", ";", " ", "<>", 'a="b";', "<a>;rel  =  "])(
  "R46: an endless Link header of %j takes at most 10 ms more than a single pass over it",
  (unit) => {
    for (const size of [2 ** 14, 2 ** 16, 2 ** 20]) {
      const header = unit.repeat(size / unit.length);
      const controlMs = singlePassMs(header);
      expect(bestOfMs(() => nextLink(header))).toBeLessThan(10 + controlMs);
    }
  },
);
