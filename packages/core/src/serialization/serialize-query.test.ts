import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createAcme } from "../../test/acme.js";
import { rejection } from "../../test/call.js";
import { stubFetch } from "../../test/stub-fetch.js";
import { ConfigurationError } from "../errors/connectry-error.js";
import type { ProviderProfile, QueryStyle } from "../provider/profile.js";

/** The query that is sent, with its `?`. */
async function queryOf(
  query: Record<string, unknown>,
  profile: Partial<ProviderProfile> = {},
  facts = {},
): Promise<string> {
  const { fetch, requests } = stubFetch();
  const operations = { "GET /things": { query: facts } };
  await createAcme({ fetch }, profile, { operations }).GET("/things", { params: { query } });
  return (requests[0]?.url ?? "").slice("https://api.acme.test/things".length);
}

const date = new Date("2026-01-02T03:04:05.678Z");
const nested = { list: ["x y", "z"], of: { a: 1, b: { c: true } } };

describe("R43: a value that is neither a list nor an object is sent as its text in every style", () => {
  test.each<[given: unknown, want: string]>([
    ["text", "?v=text"],
    ["", "?v="],
    ["a&b=c d+e/ä", "?v=a%26b%3Dc%20d%2Be%2F%C3%A4"],
    [0, "?v=0"],
    [-1.5, "?v=-1.5"],
    [false, "?v=false"],
    [12345678901234567890n, "?v=12345678901234567890"],
    [date, "?v=2026-01-02T03%3A04%3A05.678Z"],
    [undefined, ""],
    [null, ""],
  ])("%s is sent as %j", async (given, want) => {
    for (const query of ["repeat", "comma", "space", "pipe", "brackets", "json"] as const) {
      expect(await queryOf({ v: given }, { query })).toBe(want);
    }
  });

  test("names are encoded, too", async () => {
    expect(await queryOf({ "a&b": 1, "c d": 2 })).toBe("?a%26b=1&c%20d=2");
    expect(await queryOf({ "a&b": { "c=d": 1 } }, { query: "brackets" })).toBe("?a%26b%5Bc%3Dd%5D=1");
  });

  test("a date is formatted as the provider expects it, at any depth", async () => {
    const profile = { dates: "unix-seconds", query: "brackets" } as const;
    expect(await queryOf({ at: date }, profile)).toBe("?at=1767323045");
    expect(await queryOf({ created: { gte: date } }, profile)).toBe("?created%5Bgte%5D=1767323045");
    expect(await queryOf({ at: [date] }, { ...profile, query: "comma" })).toBe("?at=1767323045");
    expect(decodeURIComponent(await queryOf({ at: { since: date } }, { ...profile, query: "json" }))).toBe(
      '?at={"since":1767323045}',
    );
    expect(decodeURIComponent(await queryOf({ at: { since: date } }, { query: "json" }))).toBe(
      '?at={"since":"2026-01-02T03:04:05.678Z"}',
    );
  });
});

describe("R43: lists and objects are sent in the style of the provider and never dropped", () => {
  const refused = "refused, because a text contains the separator";
  const want: Record<QueryStyle, [list: string, object: string, deep: string, empty: string, holes: string]> = {
    repeat: ["?v=1&v=b c", "?a=1&b=x", '?list=["x y","z"]&of={"a":1,"b":{"c":true}}', "", "?v=1&v=3"],
    comma: ["?v=1,b c", "?v=a,1,b,x", '?v=list,["x y","z"],of,{"a":1,"b":{"c":true}}', "", "?v=1,3"],
    space: [refused, "?v=a 1 b x", refused, "", "?v=1 3"],
    pipe: ["?v=1|b c", "?v=a|1|b|x", '?v=list|["x y","z"]|of|{"a":1,"b":{"c":true}}', "", "?v=1|3"],
    brackets: [
      "?v[0]=1&v[1]=b c",
      "?v[a]=1&v[b]=x",
      "?v[list][0]=x y&v[list][1]=z&v[of][a]=1&v[of][b][c]=true",
      "?v=",
      "?v[0]=1&v[3]=3",
    ],
    json: [
      '?v=[1,"b c"]',
      '?v={"a":1,"b":"x"}',
      '?v={"list":["x y","z"],"of":{"a":1,"b":{"c":true}}}',
      "?v=[]",
      "?v=[1,null,null,3]",
    ],
  };
  test.each(Object.entries(want) as [QueryStyle, string[]][])("%s", async (query, texts) => {
    const values = [[1, "b c"], { a: 1, b: "x", c: undefined }, nested, [], [1, null, undefined, 3]];
    for (const [i, v] of values.entries()) {
      const sent = await queryOf({ v }, { query }).catch((error: Error) => {
        expect(error).toBeInstanceOf(ConfigurationError);
        expect(error.message).toBe("GET /things: `v` has a text that contains its separator.");
        return refused;
      });
      expect(decodeURIComponent(sent)).toBe(texts[i]);
    }
  });

  test("a parameter with a style of its own does not change the style of the others", async () => {
    expect(decodeURIComponent(await queryOf({ a: [1, 2], b: [1, 2] }, { query: "brackets" }, { b: "comma" }))).toBe(
      "?a[0]=1&a[1]=2&b=1,2",
    );
  });
});

test.each<[given: unknown, why: RegExp]>([
  [Number.NaN, /`v.*` is a Number that cannot be sent/],
  [Number.POSITIVE_INFINITY, /`v.*` is a Number that cannot be sent/],
  [new Date(Number.NaN), /`v.*` is a Date that cannot be sent/],
  [() => 1, /`v.*` is a Function that cannot be sent/],
  [Symbol("s"), /`v.*` is a Symbol that cannot be sent/],
  ["\ud800", /URI malformed/],
])("R43: %s, which has no text, is rejected before anything is sent", async (given, why) => {
  for (const query of [{ v: given }, { v: [given] }, { v: { a: given } }]) {
    const error = await rejection(queryOf(query, { query: "brackets" }));
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error.message).toMatch(why);
  }
});

test("a value that contains itself is rejected", async () => {
  const ring: Record<string, unknown> = {};
  ring.ring = ring;
  for (const query of ["brackets", "json", "repeat", "comma"] as const) {
    const error = await rejection(queryOf({ ring }, { query }));
    expect(error, query).toBeInstanceOf(ConfigurationError);
  }
});

test("R43: parameters with any names and texts arrive unchanged, and no others appear", async () => {
  const text = fc.string({ unit: "grapheme" });
  await fc.assert(
    fc.asyncProperty(fc.dictionary(text, text, { noNullPrototype: true }), async (given) => {
      const arrived = new URLSearchParams((await queryOf(given)).replaceAll("+", "%2B"));
      expect([...arrived]).toEqual(Object.entries(given));
    }),
    { numRuns: 100 },
  );
});

test("R47: __proto__ and constructor are ordinary names of parameters", async () => {
  for (const name of ["__proto__", "constructor", "toString", "hasOwnProperty", "valueOf"]) {
    const query = JSON.parse(`{ ${JSON.stringify(name)}: ["a", "b"] }`);
    expect(await queryOf(query)).toBe(`?${name}=a&${name}=b`);
    const inside = JSON.parse(`{ "v": { ${JSON.stringify(name)}: "a" } }`);
    expect(decodeURIComponent(await queryOf(inside, { query: "brackets" }))).toBe(`?v[${name}]=a`);
  }
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});
