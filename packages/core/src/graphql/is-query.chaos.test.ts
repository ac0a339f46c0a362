import { expect, test } from "vitest";
import { bestOfMs } from "../../test/best-of.js";
import { isQuery } from "./is-query.js";

test("a document that begins with 300 KB of blanks takes at most 25 ms more than a single pass over it", () => {
  const document = `${" ,\n".repeat(100_000)}x`;
  const controlMs = bestOfMs(() => document.split(/[\s,]/));
  expect(bestOfMs(() => isQuery(document))).toBeLessThan(25 + controlMs);
});
