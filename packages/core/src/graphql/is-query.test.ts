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
  // A document that is not recognized as a query must not be sent twice.
  ["# a mutation\nquery { viewer }", false],
  ["queryViewer", false],
  ["extend type Query { a: Int }", false],
  ["5e7b2a", false],
  ["", false],
])("whether %j is a query: %s", (document, reads) => {
  expect(isQuery(document)).toBe(reads);
});

test("a document that begins with 3 MB of blanks is read in linear time", () => {
  // In quadratic time this would take minutes.
  expect(isQuery(`${" ,\n".repeat(1_000_000)}x`)).toBe(false);
});
