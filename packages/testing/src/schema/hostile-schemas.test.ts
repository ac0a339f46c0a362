import { describe, expect, test } from "vitest";
import { createDocumentSchemas } from "./document-schemas.js";
import { createSampler } from "./sampler.js";

/** The schema `Order` of a document, in a view, and a sampler for it. */
function orderOf(schema: object) {
  const document = { openapi: "3.1.0", components: { schemas: { "a/b": {}, Order: schema } } };
  const view = createDocumentSchemas(document).response;
  return { view, convert: () => view.convert(schema), sample: createSampler(view) };
}

const endless = "a".repeat(50_000);

// Each of them takes a backtracking engine longer than anybody waits.
describe.each(["^(a+)+$", "(a|a)*b", "^(a|aa)+$", "(.*)*(.*)*x", "^(([a-z])+.)+[A-Z]([a-z])+$", "^(a?){30}a{30}$"])(
  "the pattern %s, which backtracks without end,",
  (pattern) => {
    test.each<[string, object, unknown]>([
      ["a string", { type: "string", pattern }, `${endless}!`],
      ["a member", { properties: { a: { allOf: [{ pattern }] } } }, { a: `${endless}!` }],
      ["names of members", { propertyNames: { pattern } }, { [`${endless}!`]: 1 }],
      ["an alternative", { anyOf: [{ not: { pattern } }, { enum: [1] }] }, `${endless}!`],
      [
        "what a reference points to",
        { properties: { a: { $ref: "#/components/schemas/Order/x" } }, x: { pattern } },
        { a: endless },
      ],
      ["members by pattern", { patternProperties: { [pattern]: { type: "number" } } }, { [`${endless}!`]: 1 }],
    ])("is decided for %s", (_, schema, value) => {
      const { view, convert } = orderOf(schema);
      expect(Array.isArray(view.validate(value, convert()))).toBe(true);
    });

    test("has a sample, or an error that says why not", () => {
      const { convert, sample } = orderOf({ type: "string", pattern });
      let found: unknown;
      try {
        found = sample(convert(), 1);
      } catch (error) {
        found = (error as Error).message;
      }
      expect(found).toEqual(expect.any(String));
    });
  },
);

test("a string that does not match is reported with its pattern, and one that matches is not", () => {
  const { view, convert } = orderOf({ properties: { code: { type: "string", pattern: "^[A-Z]{3}-\\d{4}$" } } });
  expect(view.validate({ code: "ABC-1234" }, convert())).toEqual([]);
  expect(view.validate({ code: "abc" }, convert())).toEqual(["code: string does not match pattern ^[A-Z]{3}-\\d{4}$"]);
});

test.each(["(?=.*[A-Z]).+", "(a)\\1", "a".repeat(1_001), "((((a+)+)+)+)+", "a{100000}"])(
  "a pattern that is not decided in linear time, or too large, is not checked: %s",
  (pattern) => {
    const { view, convert, sample } = orderOf({ type: "string", pattern });
    expect(view.validate("!", convert())).toEqual([]);
    expect(sample(convert(), 1)).toEqual(expect.any(String));
  },
);

test("the format url is decided for a text that backtracks without end", () => {
  const { view, convert } = orderOf({ type: "string", format: "url" });
  expect(view.validate(`http://${"a".repeat(5_000)}!${endless} `, convert())).toHaveLength(1);
  expect(view.validate("https://acme.test/a?b=c", convert())).toEqual([]);
});

describe("a schema that requires an absurd size", () => {
  test.each([
    ["minItems", { type: "array", minItems: 1e9, items: {} }],
    ["minLength", { type: "string", minLength: 1e9 }],
    ["minProperties", { type: "object", minProperties: 1e9 }],
    ["minContains", { type: "array", contains: {}, minContains: 1e9 }],
  ])("is an error that names its pointer: %s", (key, inner) => {
    const { convert } = orderOf({ type: "object", properties: { "a/b": inner } });
    expect(convert).toThrow(
      new RegExp(`^#/components/schemas/Order/properties/a~1b: ${key} is 1000000000, and at most`),
    );
  });

  test("is an error that names its pointer, also where only its arrays together are too large", () => {
    const nested = (depth: number): object =>
      depth === 0 ? { type: "string" } : { type: "array", minItems: 900, items: nested(depth - 1) };
    const { convert, sample } = orderOf(nested(3));
    expect(() => sample(convert(), 1)).toThrow(
      /^#\/components\/schemas\/Order: a sample would have more than 100000 values/,
    );
  });

  test("has samples where it only allows that size", () => {
    const { convert, sample } = orderOf({
      type: "object",
      required: ["list", "text", "short"],
      properties: {
        list: { type: "array", items: { type: "string" }, maxItems: 1e9 },
        text: { type: "string", maxLength: 1e9, pattern: "^[a-z]+$" },
        short: { type: "string", minLength: 3, maxLength: 1e300 },
      },
    });
    expect(JSON.stringify(sample(convert(), 1)).length).toBeLessThan(1_000);
  });

  test("ends in an error where its items cannot be distinct", () => {
    const schema = { type: "array", uniqueItems: true, minItems: 900, items: { type: "boolean" } };
    const { convert, sample } = orderOf(schema);
    expect(() => sample(convert(), 1)).toThrow(/^no valid sample/);
  });
});
