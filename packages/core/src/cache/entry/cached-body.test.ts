import { expect, test } from "vitest";
import { copyBytes, toCachedBody } from "./cached-body.js";

test.each<[string, number[], string]>([
  ["ASCII", [0x7b, 0x7d], "{}"],
  ["nothing", [], ""],
  ["what begins with two bytes of a byte-order mark", [0xef, 0xbb, 0x80, 0x61], "\ufec0a"],
  ["what begins with its first and last", [0xef, 0x80, 0xbf], "\uf03f"],
  ["what begins otherwise than one", [0xe1, 0xbb, 0xbf], "\u1eff"],
  ["a byte-order mark that is not the first", [0x61, 0xef, 0xbb, 0xbf], "a\ufeff"],
])("%s is kept as text, and comes out as it went in", (_, bytes, text) => {
  const cached = toCachedBody(Uint8Array.from(bytes));
  expect(cached).toBe(text);
  expect(copyBytes(cached)).toEqual(Uint8Array.from(bytes));
});

test.each<[string, number[]]>([
  ["text behind a byte-order mark", [0xef, 0xbb, 0xbf, 0x61]],
  ["a byte-order mark alone", [0xef, 0xbb, 0xbf]],
  ["what is not UTF-8", [0xff, 0x61]],
])("%s is kept as bytes, of which everyone gets a copy", (_, data) => {
  const bytes = Uint8Array.from(data);
  expect(toCachedBody(bytes)).toBe(bytes);
  const own = copyBytes(bytes);
  own?.fill(0);
  expect([...bytes]).toEqual(data);
});

test("an absent body stays absent", () => {
  expect(toCachedBody(undefined)).toBeUndefined();
  expect(copyBytes(undefined)).toBeUndefined();
});
