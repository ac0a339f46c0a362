import { expect, test } from "vitest";
import { mergeHeaders } from "./merge-headers.js";

test("the last word on each name counts, in whatever case it is written", () => {
  const merged = mergeHeaders(new Headers({ accept: "a", "x-one": "1" }), { Accept: "b" }, { "X-Two": "2" });
  expect(Object.fromEntries(merged)).toEqual({ accept: "b", "x-one": "1", "x-two": "2" });
});

test("null removes what was set before, undefined leaves it, and a layer may be absent", () => {
  const merged = mergeHeaders({ accept: "a", "x-one": "1" }, undefined, { accept: null, "x-one": undefined });
  expect(Object.fromEntries(merged)).toEqual({ "x-one": "1" });
});

test("no layer is changed", () => {
  const base = new Headers({ accept: "a" });
  mergeHeaders(base, { accept: "b" }).set("x-one", "1");
  expect(Object.fromEntries(base)).toEqual({ accept: "a" });
});
