import { describe, expect, test } from "vitest";
import { parseCacheControl, parseSeconds } from "./cache-control.js";

describe("R29: parseCacheControl", () => {
  test.each([
    [null, {}],
    ["", {}],
    ["no-store", { "no-store": undefined }],
    ["No-Store", { "no-store": undefined }],
    ["max-age=60, private", { "max-age": "60", private: undefined }],
    [" , max-age=60 ,, must-revalidate , ", { "max-age": "60", "must-revalidate": undefined }],
    ['private="set-cookie, x-a", max-age="5"', { private: "set-cookie, x-a", "max-age": "5" }],
    ['ext="a \\" no-store"', { ext: 'a " no-store' }],
    ["max-age = 60", { "max-age": "60" }],
    ["max-age=60, max-age=5", { "max-age": "5" }],
    ["max-age=5, max-age=60", { "max-age": "5" }],
    ["max-age=60,,", { "max-age": "60" }],
    ["max-age=60 , , , ", { "max-age": "60" }],
    ["          max-age=60, no-store", { "max-age": "60", "no-store": undefined }],
  ])("parses the header %j", (header, directives) => {
    expect(Object.fromEntries(parseCacheControl(header) ?? [["malformed", "yes"]])).toEqual(directives);
  });

  test.each(['private="x-a', "no-cache=", "max-age=60; private", "=5", 'no-cache="a"b', "private no-store", "@"])(
    "returns undefined for the malformed header %j",
    (header) => {
      expect(parseCacheControl(header)).toBeUndefined();
    },
  );

  test.each([
    ["blanks", " ".repeat(262_144), {}],
    ["a directive and commas", `a${" ,".repeat(131_072)} `, { a: undefined }],
    ["quotes", '"'.repeat(262_144), undefined],
    ["a string without an end", `a="${"\\".repeat(262_144)}`, undefined],
    ["one directive", "a=b,".repeat(65_536), { a: "b" }],
    ["blanks between two names", `a${" ".repeat(262_144)}b`, undefined],
  ])("R46: parses a header of 256 KiB of %s, or returns undefined", (_, header, directives) => {
    const read = parseCacheControl(header);
    expect(read && Object.fromEntries(read)).toEqual(directives);
  });
});

test.each([
  [undefined, 0],
  ["", 0],
  ["60", 60],
  ["0060", 60],
  ["-1", 0],
  ["1.5", 0],
  ["60s", 0],
  ["s60", 0],
  ["99999999999999999999", 2 ** 31],
])("R29: parseSeconds reads %j as %d seconds", (value, expected) => {
  expect(parseSeconds(value)).toBe(expected);
});
