import { expect, test } from "vitest";
import { bestOfMs, singlePassMs } from "../../../test/best-of.js";
import { parseCacheControl } from "./cache-control.js";

test.each([
  ["blanks", " ".repeat(262_144)],
  ["a directive and commas", `a${" ,".repeat(131_072)} `],
  ["quotes", '"'.repeat(262_144)],
  ["a string without an end", `a="${"\\".repeat(262_144)}`],
  ["one directive", "a=b,".repeat(65_536)],
  ["blanks between two names", `a${" ".repeat(262_144)}b`],
])("R46: a Cache-Control of 256 KiB of %s takes at most 25 ms more than a single pass over it", (_, header) => {
  const controlMs = singlePassMs(header);
  expect(bestOfMs(() => parseCacheControl(header))).toBeLessThanOrEqual(25 + controlMs);
});
