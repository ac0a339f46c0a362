import { countTokens } from "gpt-tokenizer/encoding/o200k_base";
import { expect, test } from "vitest";
import { fitTokens } from "./fit-tokens.js";

const keep = (text: string) => text;

test("a value that fits stays as it is, and nothing was left out", () => {
  const value = { id: "a", list: [1, null, true, { deep: ["text"] }] };
  expect(fitTokens(value, 1_000, keep)).toEqual({ value, leftOut: [] });
});

test("of a list the first items stay whole, and the rest is counted", () => {
  const items = Array.from({ length: 100 }, (_, n) => ({ id: `customer_${n}`, email: `someone${n}@example.com` }));
  const { value, leftOut } = fitTokens({ data: items, has_more: true }, 200, keep);
  const { data, has_more } = value as { data: object[]; has_more: boolean };
  expect(data.length).toBeGreaterThan(3);
  expect(data).toEqual(items.slice(0, data.length));
  expect(has_more).toBe(true);
  expect(leftOut).toEqual([`data: ${data.length} of 100 items`]);
});

test("of an object the small members stay, and the large ones are named", () => {
  const large = Object.fromEntries(Array.from({ length: 200 }, (_, n) => [`member_${n}`, `value ${n}`]));
  const { value, leftOut } = fitTokens({ one: large, id: "x", two: large }, 50, keep);
  expect(value).toEqual({ id: "x" });
  expect(leftOut).toEqual(["the response: without one, two"]);
});

test("of a long text the beginning stays, and its length is said", () => {
  const { value, leftOut } = fitTokens({ text: "word ".repeat(5_000) }, 300, keep);
  const { text } = value as { text: string };
  expect(text).toMatch(/^(word ){20,}.*…$/);
  expect(leftOut[0]).toMatch(/^text: the first \d+ of 25000 characters$/);
});

test("what is nested too deeply is left out, and no stack overflows", () => {
  let deep: unknown = "end";
  for (let level = 0; level < 100_000; level += 1) deep = [deep];
  const { value, leftOut } = fitTokens({ id: 1, deep }, 1_000, keep);
  expect(value).toMatchObject({ id: 1 });
  expect(leftOut.length).toBeGreaterThan(0);
});

test.each([60, 200, 1_000, 4_000])(
  "what stays of a large response, and what is said of the rest, has at most %i tokens",
  (most) => {
    const item = (n: number) => ({
      id: `ch_${n}`,
      nested: {
        metadata: { order: `order ${n}`, sku: "x".repeat(n % 50) },
        lines: [1, 2, 3].map((line) => ({ line, url: `https://example.com/${n}` })),
      },
      description: "Payment for the goods of this month ".repeat(n % 7),
    });
    const fitted = fitTokens(
      { data: Array.from({ length: 300 }, (_, n) => item(n)), has_more: true, url: "/v1" },
      most,
      keep,
    );
    expect(countTokens(JSON.stringify(fitted))).toBeLessThanOrEqual(most + 10);
    expect(fitted.leftOut.length).toBeGreaterThan(0);
  },
);

test("a secret is redacted before a text is cut, so that no part of it stays", () => {
  const redact = (text: string) => text.replaceAll("secret-credential", "***");
  const { value } = fitTokens(
    { text: `${"a ".repeat(10)}secret-credential and more`.repeat(50), "secret-credential": 1 },
    60,
    redact,
  );
  expect(JSON.stringify(value)).not.toContain("secret");
});
