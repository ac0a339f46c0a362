import { inspect } from "node:util";
import fc from "fast-check";
import { expect, test } from "vitest";
import { ReceivedHeaders } from "./received-headers.js";

const fields = {
  "content-type": "text/plain",
  "set-cookie": ["a=1", "b=2"],
  "x-list": ["1", "2"],
  "x-none": undefined,
};

/** The headers of the platform with the same fields. */
function platformHeaders(from: Readonly<Record<string, string | readonly string[] | undefined>>): Headers {
  const headers = new Headers();
  for (const [name, values] of Object.entries(from))
    for (const value of [values ?? []].flat()) headers.append(name, value);
  return headers;
}

// Each is the first thing that is asked of the headers.
test.each<[string, (headers: Headers) => unknown]>([
  [
    "get",
    (headers) =>
      ["content-type", "Content-Type", "set-cookie", "x-list", "x-none", "x"].map((name) => headers.get(name)),
  ],
  ["has", (headers) => ["content-type", "x-none", "x"].map((name) => headers.has(name))],
  ["getSetCookie", (headers) => headers.getSetCookie()],
  ["iteration", (headers) => [...headers]],
  ["entries", (headers) => [...headers.entries()]],
  ["keys", (headers) => [...headers.keys()]],
  ["values", (headers) => [...headers.values()]],
  [
    "forEach",
    (headers) => {
      const seen: unknown[] = [];
      headers.forEach((value, name) => {
        seen.push([name, value]);
      });
      return seen;
    },
  ],
  [
    "set",
    (headers) => {
      headers.set("x-list", "3");
      return [...headers];
    },
  ],
  [
    "append",
    (headers) => {
      headers.append("x-list", "3");
      return [...headers];
    },
  ],
  [
    "delete",
    (headers) => {
      headers.delete("set-cookie");
      return [...headers];
    },
  ],
  ["a copy", (headers) => [...new Headers(headers)]],
  ["a copy of the pairs", (headers) => [...new Headers([...headers])]],
  ["a response that has them", (headers) => [...new Response("", { headers }).headers]],
  ["a request that has them", (headers) => [...new Request("https://api.acme.test", { headers }).headers]],
])("%s: as the platform's headers", (_, use) => {
  expect(use(new ReceivedHeaders(fields))).toEqual(use(platformHeaders(fields)));
});

test("they are Headers, and show their fields", () => {
  const headers = new ReceivedHeaders(fields);
  expect(headers).toBeInstanceOf(Headers);
  expect(inspect(headers)).toContain("text/plain");
});

test("any name that is asked for gives what the platform's headers give, or the same error", () => {
  const value = fc.stringMatching(/^[\t -~\x80-\xff]{0,8}$/);
  const name = fc.constantFrom("x", "X", "x-y", "constructor", "__proto__", "a b", "", "ä");
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom("x", "x-y"), fc.oneof(value, fc.array(value))), name, (given, asked) => {
      const read = (headers: Headers) => {
        try {
          return headers.get(asked);
        } catch (error) {
          return (error as Error).name;
        }
      };
      expect(read(new ReceivedHeaders(given))).toBe(read(platformHeaders(given)));
    }),
  );
});

test("bytes that were decoded as UTF-8 are one character each, as in `fetch`", () => {
  expect(new ReceivedHeaders({ "x-price": "5 €" }).get("x-price")).toBe("5 \u00e2\u0082\u00ac");
});
