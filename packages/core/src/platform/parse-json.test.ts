import fc from "fast-check";
import { expect, test } from "vitest";
import { parseJson } from "./parse-json.js";

test.each<[text: string, want: unknown]>([
  ['{"id":9007199254740991}', { id: 9007199254740991 }],
  ['{"id":9007199254740993}', { id: "9007199254740993" }],
  ['{"id":-9007199254740993}', { id: "-9007199254740993" }],
  ['{"id" : 18446744073709551615 }', { id: "18446744073709551615" }],
  // A number is this integer, but its text is 30679913745772210.
  ['{"id":30679913745772208}', { id: "30679913745772208" }],
  ["9223372036854775807", "9223372036854775807"],
  ["[1, 9007199254740993]", [1, "9007199254740993"]],
  // Numbers that are written with the same digits.
  ['{"n":9007199254740992,"m":123456789012345680000}', { n: 9007199254740992, m: 123456789012345680000 }],
  ['{"f":0.12345678901234567890,"e":1234567890123456e5}', { f: 0.12345678901234568, e: 1234567890123456e5 }],
  [
    '{"s":"9007199254740993, [9007199254740993]","id":9007199254740993}',
    { s: "9007199254740993, [9007199254740993]", id: "9007199254740993" },
  ],
  ['{"\\" 9007199254740993,":"\\\\","id":9007199254740993}', { '" 9007199254740993,': "\\", id: "9007199254740993" }],
  ['{"card":"4242424242424242"}', { card: "4242424242424242" }],
])("of %s no digit is lost", (text, want) => {
  expect(parseJson(text)).toEqual(want);
});

test("every 64-bit integer comes out with its digits, and all else as JSON.parse has it", () => {
  const integer = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n });
  fc.assert(
    fc.property(fc.array(integer), fc.jsonValue(), fc.string(), (ids, other, key) => {
      const text = `{"ids":[${ids.join(",")}],"other":${JSON.stringify(other)},"text":${JSON.stringify(`${key}${ids.join()}`)}}`;
      const data = parseJson(text) as { ids: (string | number)[] };
      expect(data.ids.map(String)).toEqual(ids.map(String));
      expect({ ...data, ids: [] }).toEqual({ ...JSON.parse(text), ids: [] });
    }),
  );
});

test("what is not JSON is a SyntaxError", () => {
  for (const text of ["", "{9007199254740993", '{"a":9007199254740993,}', '"9007199254740993'])
    expect(() => parseJson(text)).toThrow(SyntaxError);
});
