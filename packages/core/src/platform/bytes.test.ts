import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { isBytes } from "./bytes.js";

test.each([
  ["a Uint8Array", new Uint8Array(1)],
  ["a Buffer", Buffer.from("a")],
  ["a Uint8Array of another realm", runInNewContext("new Uint8Array(1)")],
])("%s is bytes", (_, value) => {
  expect(isBytes(value)).toBe(true);
});

test.each([
  ["another view", new DataView(new ArrayBuffer(1))],
  ["numbers of two bytes", new Uint16Array(1)],
  ["an array", [1]],
  ["text", "a"],
  ["null", null],
  ["undefined", undefined],
])("%s is not bytes", (_, value) => {
  expect(isBytes(value)).toBe(false);
});
