import { expect, test } from "vitest";
import { bestOfMs, singlePassMs } from "../../test/best-of.js";
import { waitUntil } from "./rule-readers.js";

test("R46: a header of 1 MiB takes less than 10 ms more than a single pass over it", () => {
  const text = "9".repeat(2 ** 20);
  const headers = new Headers({ "x-reset": text });
  const controlMs = singlePassMs(text);
  const read = () =>
    waitUntil({ headers, body: undefined }, { header: "x-reset", unit: "epoch-seconds" }, 1_700_000_000_000);
  expect(bestOfMs(read)).toBeLessThan(10 + controlMs);
});
