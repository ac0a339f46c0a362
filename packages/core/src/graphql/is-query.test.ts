import { expect, test } from "vitest";
import { isQuery } from "./is-query.js";

test.each<[document: string, reads: boolean]>([
  ["{ viewer { login } }", true],
  ["query { viewer { login } }", true],
  ["query Viewer($first: Int!) { viewer { login } }", true],
  ["\n  # whose\n  query { viewer }", true],
  ["fragment Name on User { name } query { viewer { ...Name } }", true],
  ["query { mutations }", true],
  ["mutation { addStar }", false],
  ["  mutation Star { addStar }", false],
  ["fragment Name on User { name } mutation { addStar { ...Name } }", false],
  ["query A { viewer } mutation B { addStar }", false],
  ["subscription { stars }", false],
  // Nothing that is read wrongly may be sent twice.
  ["# a mutation\nquery { viewer }", false],
  ["queryViewer", false],
  ["extend type Query { a: Int }", false],
  ["5e7b2a", false],
  ["", false],
])("%j only reads: %s", (document, reads) => {
  expect(isQuery(document)).toBe(reads);
});

test("a quarter of a megabyte of blanks is read in time", () => {
  const startedAt = performance.now();
  expect(isQuery(`${" ,\n".repeat(100_000)}x`)).toBe(false);
  expect(performance.now() - startedAt).toBeLessThan(25);
});
