import fc from "fast-check";
import { expect, test } from "vitest";
import { formatPointer, parsePointer } from "./json-pointer.js";

test("writes and reads a path of an API", () => {
  expect(formatPointer(["paths", "/v1/a~b", "get", "parameters", 0])).toBe("#/paths/~1v1~1a~0b/get/parameters/0");
  expect(parsePointer("#/paths/~1v1~1a~0b/get/parameters/0")).toEqual(["paths", "/v1/a~b", "get", "parameters", "0"]);
});

test("undoes percent-encoding, and leaves a percent sign that encodes nothing", () => {
  expect(parsePointer("#/paths/~1pets~1%7Bid%7D")).toEqual(["paths", "/pets/{id}"]);
  expect(parsePointer("#/schemas/100%")).toEqual(["schemas", "100%"]);
});

test("tells what is no pointer", () => {
  expect(parsePointer("#")).toEqual([]);
  expect(parsePointer("#anchor")).toBeUndefined();
  expect(parsePointer("other.json#/a")).toBeUndefined();
});

test("reads back every path that it writes", () => {
  const part = fc.string().filter((text) => !text.includes("%"));
  fc.assert(
    fc.property(fc.array(part), (path) => {
      expect(parsePointer(formatPointer(path))).toEqual(path);
    }),
  );
});
