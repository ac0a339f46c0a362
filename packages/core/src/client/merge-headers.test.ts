import { Headers as UndiciHeaders } from "undici";
import { expect, test } from "vitest";
import { mergeHeaders } from "./merge-headers.js";

test("a later value replaces an earlier one of the same name, in any case", () => {
  const merged = mergeHeaders(new Headers({ accept: "a", "x-one": "1" }), { Accept: "b" }, { "X-Two": "2" });
  expect(Object.fromEntries(merged)).toEqual({ accept: "b", "x-one": "1", "x-two": "2" });
});

test("null removes a header that was set before, undefined keeps it, and a layer may be undefined", () => {
  const merged = mergeHeaders({ accept: "a", "x-one": "1" }, undefined, { accept: null, "x-one": undefined });
  expect(Object.fromEntries(merged)).toEqual({ "x-one": "1" });
});

test("merging does not change the layers", () => {
  const base = new Headers({ accept: "a" });
  mergeHeaders(base, { accept: "b" }).set("x-one", "1");
  expect(Object.fromEntries(base)).toEqual({ accept: "a" });
});

test("headers in a Map, in pairs, or of another realm are not lost", () => {
  const layers = [new Map([["x-a", "1"]]), [["x-b", "2"]], new UndiciHeaders({ "x-c": "3" })];
  const merged = mergeHeaders(...(layers as never as Headers[]));
  expect(Object.fromEntries(merged)).toEqual({ "x-a": "1", "x-b": "2", "x-c": "3" });
});
