import fc from "fast-check";
import { expect, onTestFinished, test, vi } from "vitest";
import { jsonErrorOffset } from "./json-error-offset.js";
import { parseJson } from "./parse-json.js";

test.each([
  ["an unquoted value", '{\n  "a": 1,\n  "b": oops\n}', '3:8 is not valid JSON: unexpected "o".'],
  ["a missing comma", '{ "a": 1\n  "b": 2 }', '2:3 is not valid JSON: unexpected "\\"".'],
  ["a trailing comma", '{ "a": [1,\n ] }', '2:2 is not valid JSON: unexpected "]".'],
  ["the wrong bracket", '{ "a": [1} }', '1:10 is not valid JSON: unexpected "}".'],
  ["text after the end", "{}\n{}", '2:1 is not valid JSON: unexpected "{".'],
  ["a number with a leading zero", '{"a": 012}', '1:7 is not valid JSON: unexpected "0".'],
  ["a text that ends too early", '{\n  "a": [1,\n', "3:1 is not valid JSON: the text ends too early."],
])("parseJson reports the file, line and column of %s", (_, text, message) => {
  expect(() => parseJson(text, "acme.json")).toThrow(`acme.json:${message}`);
});

test("jsonErrorOffset finds an error only where JSON.parse does, and not behind it", () => {
  const broken = fc
    .tuple(fc.json(), fc.nat(), fc.constantFrom("", ",", "}", "]", ":", "x", '"', "1"))
    .map(([json, at, insert]) => {
      const cut = at % (json.length + 1);
      return json.slice(0, cut) + insert + json.slice(cut + (insert === "" ? 1 : 0));
    });
  fc.assert(
    fc.property(broken, (text) => {
      const offset = jsonErrorOffset(text);
      let message: string | undefined;
      try {
        JSON.parse(text);
      } catch (error) {
        message = (error as Error).message;
      }
      if (message === undefined) expect(offset).toBe(text.length);
      // V8 reports a position inside of a string or number, we report its start.
      const position = /at position (\d+)/.exec(message ?? "")?.[1];
      if (position !== undefined) expect(offset).toBeLessThanOrEqual(Number(position));
    }),
    { numRuns: 500 },
  );
});

test("jsonErrorOffset matches each token once, also an unterminated string of a million characters", () => {
  const text = `{"a": "${"\\\\x".repeat(300_000)}`;
  const matched = vi.spyOn(RegExp.prototype, "exec");
  onTestFinished(() => matched.mockRestore());
  const offset = jsonErrorOffset(text);
  expect(matched).toHaveBeenCalledTimes(4);
  expect(offset).toBe(6);
});
