import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { rejection } from "../../test/call.js";
import { sentRequest } from "../../test/sent-request.js";
import { ConfigurationError } from "../errors/connectry-error.js";
import type { BodyForm, QueryStyle } from "../provider/profile.js";

const canary = "canary-value";

class Hidden {
  readonly #text = canary;
  get text() {
    return this.#text;
  }
}

const lost: [type: string, value: unknown][] = [
  ["Map", new Map([["a", canary]])],
  ["Set", new Set([canary])],
  ["URLSearchParams", new URLSearchParams({ a: canary })],
  ["Headers", new Headers({ a: canary })],
  ["Hidden", new Hidden()],
  ["RegExp", new RegExp(canary)],
  ["Error", new Error(canary)],
  ["Promise", Promise.resolve(canary)],
  ["Function", () => canary],
  ["Symbol", Symbol(canary)],
  ["Number", Number.NaN],
  ["Number", Number.POSITIVE_INFINITY],
  ["Date", new Date(Number.NaN)],
];

const bodies: BodyForm[] = ["json", "form-brackets", "form-repeat", "form-json", "multipart"];
const queries: QueryStyle[] = ["repeat", "comma", "space", "pipe", "brackets", "json"];
const shapes: [where: string, wrap: (value: unknown) => unknown][] = [
  ["alone", (value) => value],
  ["in a list", (value) => ["a", value]],
  ["in an object", (value) => ({ a: 1, v: value })],
  ["deeper", (value) => ({ v: { v: { v: value } } })],
];

describe("a value whose contents would be lost is refused by name, never sent without them, and never shown", () => {
  test.each(lost)("a %s", async (type, value) => {
    for (const [where, wrap] of shapes) {
      const given = { v: wrap(value) };
      const sends = [
        ...bodies.map((body) => [body, () => sentRequest({ body: given }, { body })] as const),
        ...queries.map((query) => [query, () => sentRequest({ query: given }, { query })] as const),
      ];
      for (const [style, send] of sends) {
        const error = await rejection(send());
        expect(error, `${style}, ${where}`).toBeInstanceOf(ConfigurationError);
        expect(error.message).toMatch(/^POST \/things\/\{path\}: `(v|a|\d)?.*` is a \w+ that cannot be sent\.$/);
        expect(error.message).toContain(`is a ${type} that`);
        expect(`${error.stack}`).not.toContain(canary);
      }
    }
  });

  test("a file where no file can be sent", async () => {
    for (const body of ["json", "form-brackets", "form-repeat", "form-json"] as const) {
      const error = await rejection(sentRequest({ body: { file: new Blob([canary]) } }, { body }));
      expect(error.message, body).toBe("POST /things/{path}: `file` is a Blob that cannot be sent.");
    }
  });

  test("a whole query or a whole body", async () => {
    for (const given of [new Map([["a", canary]]), new Set([canary]), new Hidden()]) {
      expect((await rejection(sentRequest({ query: given }))).message).toMatch(/`query` is a \w+ that cannot be sent/);
      for (const body of bodies) {
        const error = await rejection(sentRequest({ body: given }, { body }));
        expect(error.message, body).toMatch(/`body` is a \w+ that cannot be sent/);
      }
    }
    const error = await rejection(sentRequest({ query: new URLSearchParams({ a: canary }) }));
    expect(error.message).toMatch(/`query` is a URLSearchParams that cannot be sent/);
  });

  test("the error names the place in brackets, and the field in JSON", async () => {
    const body = { customer: { metadata: new Map() } };
    expect((await rejection(sentRequest({ body }, { body: "form-brackets" }))).message).toMatch(
      /`customer\[metadata\]` is a Map that cannot be sent/,
    );
    expect((await rejection(sentRequest({ body }))).message).toMatch(/`metadata` is a Map that cannot be sent/);
  });
});

describe("an object whose properties are its contents is sent", () => {
  class Address {
    readonly city = "Paris";
  }
  const withoutPrototype = Object.assign(Object.create(null), { city: "Paris" });
  const address: [string, object][] = [
    ["an object literal", { city: "Paris" }],
    ["an instance with fields", new Address()],
    ["an object without a prototype", withoutPrototype],
    ["an object of another realm", runInNewContext('({ city: "Paris" })') as object],
    ["what toJSON returns", { toJSON: () => ({ city: "Paris" }) }],
    [
      "what toJSON of a class returns",
      new (class extends Hidden {
        toJSON = () => new Address();
      })(),
    ],
  ];
  test.each(address)("%s", async (_, value) => {
    expect(await (await sentRequest({ body: { v: value } })).response.json()).toEqual({ v: { city: "Paris" } });
    const form = await sentRequest({ body: { v: value } }, { body: "form-brackets" });
    expect(decodeURIComponent(await form.response.text())).toBe("v[city]=Paris");
    const { query } = await sentRequest({ query: { v: value } }, { query: "brackets" });
    expect(decodeURIComponent(query)).toBe("v[city]=Paris");
  });

  test("an empty one too, of any realm", async () => {
    for (const value of [{}, [], Object.create(null), runInNewContext("({})"), runInNewContext("[]")]) {
      const { response } = await sentRequest({ body: { v: value } });
      expect(await response.json()).toEqual({ v: Array.isArray(value) ? [] : {} });
      expect((await sentRequest({ query: value })).query).toBe("");
    }
  });

  test("a scalar with a toJSON, such as a URL, is its text in a path, a query and a form", async () => {
    const url = new URL("https://example.com/a");
    const sent = await sentRequest({ path: url, query: { url }, body: { url } }, { body: "form-brackets" });
    expect(decodeURIComponent(sent.path)).toBe(url.href);
    expect([sent.query, await sent.response.text()].map(decodeURIComponent)).toEqual([
      `url=${url.href}`,
      `url=${url.href}`,
    ]);
  });
});

test("a nested null is left out of a query, and clears a field of a form", async () => {
  const given = { created: { gt: null, lt: 5 }, list: [1, null, 3], gone: null };
  for (const [query, want] of [
    ["brackets", "created[lt]=5&list[0]=1&list[2]=3"],
    ["repeat", "lt=5&list=1&list=3"],
    ["comma", "created=lt,5&list=1,3"],
  ] as const) {
    expect(decodeURIComponent((await sentRequest({ query: given }, { query })).query)).toBe(want);
  }
  // A parameter is unset by an empty value: https://docs.stripe.com/api/metadata
  const { response } = await sentRequest({ body: given }, { body: "form-brackets" });
  expect(decodeURIComponent(await response.text())).toBe(
    "created[gt]=&created[lt]=5&list[0]=1&list[1]=&list[2]=3&gone=",
  );
});

test("an object in a form of repeated keys is JSON of its own name, and replaces no other field", async () => {
  const body = {
    FactorType: "push",
    Metadata: { FactorType: "totp" },
    Fields: [{ a: 1 }, { b: [2] }],
    Tags: ["x", "y"],
  };
  const { response } = await sentRequest({ body }, { body: "form-repeat" });
  expect([...new URLSearchParams(await response.text())]).toEqual([
    ["FactorType", "push"],
    ["Metadata", '{"FactorType":"totp"}'],
    ["Fields", '{"a":1}'],
    ["Fields", '{"b":[2]}'],
    ["Tags", "x"],
    ["Tags", "y"],
  ]);
});

test.each(["", "a[b]", "]", "["])(
  "the key %j, which would become another in brackets, is refused: its value would leave its name",
  async (key) => {
    for (const metadata of [{ [key]: canary }, { a: { [key]: canary } }]) {
      for (const send of [
        sentRequest({ body: { metadata } }, { body: "form-brackets" }),
        sentRequest({ query: { metadata } }, { query: "brackets" }),
      ]) {
        const error = await rejection(send);
        expect(error).toBeInstanceOf(ConfigurationError);
        expect(error.message).toMatch(/`metadata(\[a\])?` has a key that is empty or contains brackets/);
      }
    }
    // The names of parameters may have brackets: some documents write them so.
    const { query } = await sentRequest({ query: { "page[size]": 1 } }, { query: "brackets" });
    expect(decodeURIComponent(query)).toBe("page[size]=1");
  },
);
