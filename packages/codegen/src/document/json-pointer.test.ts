import fc from "fast-check";
import { expect, test } from "vitest";
import { formatPointer, parsePointer } from "./json-pointer.js";

test("a pointer escapes slashes and tildes, and parsing undoes it", () => {
  expect(formatPointer(["paths", "/v1/a~b", "get", "parameters", 0])).toBe("#/paths/~1v1~1a~0b/get/parameters/0");
  expect(parsePointer("#/paths/~1v1~1a~0b/get/parameters/0")).toEqual(["paths", "/v1/a~b", "get", "parameters", "0"]);
});

test("parsing decodes percent-encoding, and keeps a percent sign that encodes nothing", () => {
  expect(parsePointer("#/paths/~1pets~1%7Bid%7D")).toEqual(["paths", "/pets/{id}"]);
  expect(parsePointer("#/schemas/100%")).toEqual(["schemas", "100%"]);
});

test("parsing returns undefined for a text that is not a pointer", () => {
  expect(parsePointer("#")).toEqual([]);
  expect(parsePointer("#anchor")).toBeUndefined();
  expect(parsePointer("other.json#/a")).toBeUndefined();
});

test("every formatted pointer parses back to its path", () => {
  const part = fc.string().filter((text) => !text.includes("%"));
  fc.assert(
    fc.property(fc.array(part), (path) => {
      expect(parsePointer(formatPointer(path))).toEqual(path);
    }),
  );
});
