import { expect, test } from "vitest";
import { copyBytes, toCachedBody } from "./cached-body.js";

test.each<[string, number[], string]>([
  ["ASCII", [0x7b, 0x7d], "{}"],
  ["an empty body", [], ""],
  ["a body that begins with the first two bytes of a byte-order mark", [0xef, 0xbb, 0x80, 0x61], "\ufec0a"],
  ["a body that begins with its first and its last byte", [0xef, 0x80, 0xbf], "\uf03f"],
  ["a body that begins with its last two bytes", [0xe1, 0xbb, 0xbf], "\u1eff"],
  ["a body with a byte-order mark that is not at its beginning", [0x61, 0xef, 0xbb, 0xbf], "a\ufeff"],
])("%s is stored as text, and its bytes are restored unchanged", (_, bytes, text) => {
  const cached = toCachedBody(Uint8Array.from(bytes));
  expect(cached).toBe(text);
  expect(copyBytes(cached)).toEqual(Uint8Array.from(bytes));
});

test.each<[string, number[]]>([
  ["text after a byte-order mark", [0xef, 0xbb, 0xbf, 0x61]],
  ["a byte-order mark alone", [0xef, 0xbb, 0xbf]],
  ["a body that is not valid UTF-8", [0xff, 0x61]],
])("%s is stored as bytes, and copied for each caller", (_, data) => {
  const bytes = Uint8Array.from(data);
  const cached = toCachedBody(bytes);
  expect(cached).toEqual(bytes);
  // The caller of the first response may change its own.
  expect(cached).not.toBe(bytes);
  const own = copyBytes(bytes);
  own?.fill(0);
  expect([...bytes]).toEqual(data);
});

test("a missing body remains undefined", () => {
  expect(toCachedBody(undefined)).toBeUndefined();
  expect(copyBytes(undefined)).toBeUndefined();
});
