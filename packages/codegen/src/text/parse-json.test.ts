import fc from "fast-check";
import { expect, test } from "vitest";
import { jsonErrorOffset } from "./json-error-offset.js";
import { parseJson } from "./parse-json.js";

test.each([
  ["an unquoted value", '{\n  "a": 1,\n  "b": oops\n}', '3:8 is not valid JSON: unexpected "o".'],
  ["a missing comma", '{ "a": 1\n  "b": 2 }', '2:3 is not valid JSON: unexpected "\\"".'],
  ["a comma too many", '{ "a": [1,\n ] }', '2:2 is not valid JSON: unexpected "]".'],
  ["the wrong bracket", '{ "a": [1} }', '1:10 is not valid JSON: unexpected "}".'],
  ["something after the end", "{}\n{}", '2:1 is not valid JSON: unexpected "{".'],
  ["a number with a leading zero", '{"a": 012}', '1:7 is not valid JSON: unexpected "0".'],
  ["a text that ends too early", '{\n  "a": [1,\n', "3:1 is not valid JSON: the text ends too early."],
])("names file, line and column of %s", (_, text, message) => {
  expect(() => parseJson(text, "acme.json")).toThrow(`acme.json:${message}`);
});

test("finds an error exactly where JSON.parse finds one, and none past the end of what is JSON", () => {
  const broken = fc
    .tuple(fc.json(), fc.nat(), fc.constantFrom("", ",", "}", "]", ":", "x", '"', "1"))
    .map(([json, at, insert]) => {
      const cut = at % (json.length + 1);
      return json.slice(0, cut) + insert + json.slice(cut + (insert === "" ? 1 : 0));
    });
  fc.assert(
    fc.property(broken, (text) => {
      const offset = jsonErrorOffset(text);
      let said: string | undefined;
      try {
        JSON.parse(text);
      } catch (error) {
        said = (error as Error).message;
      }
      if (said === undefined) expect(offset).toBe(text.length);
      // V8 counts into a string or number where we name its start.
      const position = /at position (\d+)/.exec(said ?? "")?.[1];
      if (position !== undefined) expect(offset).toBeLessThanOrEqual(Number(position));
    }),
    { numRuns: 500 },
  );
});

test("stops in linear time at a string of a million characters that never ends", () => {
  const startedAt = performance.now();
  expect(jsonErrorOffset(`{"a": "${"\\\\x".repeat(300_000)}`)).toBe(6);
  expect(performance.now() - startedAt).toBeLessThan(1_000);
});
