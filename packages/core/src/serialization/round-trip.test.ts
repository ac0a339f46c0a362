import fc from "fast-check";
import { parse } from "qs";
import { describe, expect, test } from "vitest";
import { anyFields, anyScalar, anyText, type Nested } from "../../test/nested-values.js";
import { sentRequest } from "../../test/sent-request.js";
import { ConfigurationError } from "../errors/connectry-error.js";

// Random values through every serializer, parsed back as the provider parses them.

const runs = { numRuns: 150 };
const isScalar = (value: Nested) => typeof value !== "object" || value === null;

/** The value as brackets hold it: every scalar is text, null is empty, and the items of a list are at their indices. */
function asText(value: Nested): unknown {
  if (value === null) return "";
  if (typeof value !== "object") return String(value);
  const entries = Object.entries(value).map(([key, item]): [string, unknown] => [key, asText(item)]);
  return Object.fromEntries(entries);
}

/** Parses brackets as Stripe's server and qs do, with the items of lists at their indices. */
function parseBrackets(text: string): unknown {
  const limits = { depth: 64, parameterLimit: 100_000, parseArrays: false } as const;
  return JSON.parse(JSON.stringify(parse(text, { ...limits, plainObjects: true })));
}

/** The fields that a form sends for a field, as the clients of Twilio and Slack write them: JSON, where it is nested. */
const asJsonText = (value: Nested) => (isScalar(value) ? String(value ?? "") : JSON.stringify(value));

test("JSON bodies hold the values that were given", async () => {
  const anyKeys = anyFields({ key: anyText, nulls: true });
  const property = fc.asyncProperty(anyKeys, async (body) => {
    const { response } = await sentRequest({ body });
    expect(await response.json()).toEqual(body);
  });
  await fc.assert(property, runs);
});

test("forms in brackets hold the values that were given, by the rules of qs", async () => {
  const property = fc.asyncProperty(anyFields({ nulls: true }), async (body) => {
    const { response } = await sentRequest({ body }, { body: "form-brackets" });
    expect(parseBrackets(await response.text())).toEqual(asText(body));
  });
  await fc.assert(property, runs);
});

test("queries in brackets hold the values that were given, by the rules of qs", async () => {
  const property = fc.asyncProperty(anyFields(), async (given) => {
    const { query } = await sentRequest({ query: given }, { query: "brackets" });
    expect(parseBrackets(query)).toEqual(asText(given));
  });
  await fc.assert(property, runs);
});

test("forms of JSON text hold the values that were given, each under its own name", async () => {
  const property = fc.asyncProperty(anyFields({ key: anyText, nulls: true }), async (body) => {
    const { response } = await sentRequest({ body }, { body: "form-json" });
    const want = Object.entries(body).map(([name, value]) => [name, asJsonText(value)]);
    expect([...new URLSearchParams(await response.text())]).toEqual(want);
  });
  await fc.assert(property, runs);
});

test("forms of repeated names hold the values that were given, each under its own name", async () => {
  const property = fc.asyncProperty(anyFields({ key: anyText }), async (body) => {
    const { response } = await sentRequest({ body }, { body: "form-repeat" });
    const sent = new URLSearchParams(await response.text());
    expect(new Set(sent.keys())).toEqual(new Set(Object.keys(body)));
    for (const [name, value] of Object.entries(body)) {
      expect(sent.getAll(name)).toEqual([value].flat().map((item) => asJsonText(item as Nested)));
    }
  });
  await fc.assert(property, runs);
});

test("multipart forms hold the values that were given, each under its own name", async () => {
  // A line break becomes CRLF there, by https://html.spec.whatwg.org/multipage/form-control-infrastructure.html
  const text = anyText.filter((value) => !/[\r\n]/.test(value));
  const property = fc.asyncProperty(anyFields({ key: text.filter((key) => key !== ""), text }), async (body) => {
    const { response } = await sentRequest({ body }, { body: "multipart" });
    // An empty form has no body that could be parsed.
    if (Object.keys(body).length === 0) return;
    const sent = await response.formData();
    expect(new Set(sent.keys())).toEqual(new Set(Object.keys(body)));
    for (const [name, value] of Object.entries(body)) {
      expect(sent.getAll(name)).toEqual([value].flat().map((item) => asJsonText(item as Nested)));
    }
  });
  await fc.assert(property, runs);
});

describe("queries hold lists of scalars, by the rules of OpenAPI", () => {
  const lists = fc.array(anyScalar(), { minLength: 1 });

  test("repeated", async () => {
    const property = fc.asyncProperty(anyText, lists, async (name, list) => {
      const { query } = await sentRequest({ query: { [name]: list } }, { query: "repeat" });
      expect(new URLSearchParams(query).getAll(name)).toEqual(list.map(String));
    });
    await fc.assert(property, runs);
  });

  test.each([
    ["comma", ","],
    ["space", " "],
    ["pipe", "|"],
  ] as const)("%s, or refuse a text that would arrive as two", async (style, separator) => {
    const property = fc.asyncProperty(anyText, lists, async (name, list) => {
      try {
        const { query } = await sentRequest({ query: { [name]: list } }, { query: style });
        // A comma within a text is encoded, and one between two is not.
        const texts =
          style === "comma"
            ? query
                .replace(/^[^=]*=/, "")
                .split(",")
                .map(decodeURIComponent)
            : undefined;
        expect(texts ?? new URLSearchParams(query).get(name)?.split(separator)).toEqual(list.map(String));
      } catch (error) {
        if (!ConfigurationError.isInstance(error)) throw error;
        expect(list.some((item) => String(item).includes(separator))).toBe(true);
      }
    });
    await fc.assert(property, runs);
  });
});

test("queries of JSON text hold the values that were given", async () => {
  const property = fc.asyncProperty(anyFields({ key: anyText }), async (given) => {
    const { query } = await sentRequest({ query: given }, { query: "json" });
    const want = Object.entries(given).map(([name, value]) => [name, asJsonText(value)]);
    expect([...new URLSearchParams(query)]).toEqual(want);
  });
  await fc.assert(property, runs);
});

test("R43: a path holds the value that was given, in one segment", async () => {
  const segment = anyScalar().filter((value) => !/^(\.|%2e){0,2}$/i.test(String(value)));
  const property = fc.asyncProperty(segment, async (value) => {
    const { path } = await sentRequest({ path: value });
    expect(path).not.toContain("/");
    expect(decodeURIComponent(path)).toBe(String(value));
  });
  await fc.assert(property, runs);
});
