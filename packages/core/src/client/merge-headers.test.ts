import { Headers as UndiciHeaders } from "undici";
import { expect, test } from "vitest";
import { ConfigurationError } from "../errors/connectry-error.js";
import { mergeHeaders } from "./merge-headers.js";

test("a later value replaces an earlier one of the same name, in any case", () => {
  const merged = mergeHeaders({ accept: "a", "x-one": "1" }, { Accept: "b" }, { "X-Two": "2" });
  expect(merged).toEqual({ accept: "b", "x-one": "1", "x-two": "2" });
});

test("null removes a header that was set before, undefined keeps it, and a layer may be undefined", () => {
  const merged = mergeHeaders({ accept: "a", "x-one": "1" }, undefined, { accept: null, "x-one": undefined });
  expect(merged).toEqual({ "x-one": "1" });
});

test("merging does not change the layers", () => {
  const base = { accept: "a" };
  mergeHeaders(base, { accept: "b" });
  expect(base).toEqual({ accept: "a" });
});

test("headers in a Map, in pairs, or of another realm are not lost", () => {
  const layers = [new Map([["x-a", "1"]]), [["x-b", "2"]], new UndiciHeaders({ "x-c": "3" })];
  const merged = mergeHeaders({}, ...(layers as never as Headers[]));
  expect(merged).toEqual({ "x-a": "1", "x-b": "2", "x-c": "3" });
});

test("a value is sent without the spaces and tabs around it", () => {
  expect(mergeHeaders({}, { "x-a": "\t 1 2 \t", "x-b": "" })).toEqual({ "x-a": "1 2", "x-b": "" });
});

test("a name that objects have, too, is a header like any other", () => {
  const pairs = ["__proto__", "constructor"].map((name) => [name, "1"] as const);
  expect(Object.entries(mergeHeaders({}, pairs))).toEqual(pairs);
});

test.each([
  ["x y", "1"],
  ["", "1"],
  ["x:", "1"],
  ["näme", "1"],
  ["x-a", "1\r\nx-b: 2"],
  ["x-a", "\u0000"],
  ["x-a", "\u20ac"],
])("%j: %j cannot be sent, and the error does not show the value", (name, value) => {
  expect(() => mergeHeaders({}, [[name, value]])).toThrow(
    new ConfigurationError(`Header \`${name}\` must be one line of Latin-1 text.`),
  );
});
