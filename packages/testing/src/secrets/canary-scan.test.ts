import { expect, test } from "vitest";
import { canaryScan } from "./canary-scan.js";

const secret = "sk_live_a+b/c?Wxyz";

test.each([
  ["raw", `Authorization: Bearer ${secret}`],
  ["base64", `Basic ${Buffer.from(`${secret}:`).toString("base64")}`],
  ["base64", `Basic ${Buffer.from(`u:${secret}:x`).toString("base64")}`],
  ["base64", `Basic ${Buffer.from(`us:${secret}`).toString("base64")}`],
  ["base64url", Buffer.from(`{"token":"${"\u00ff".repeat(2)}${secret}~~?"}`).toString("base64url")],
  ["hex", Buffer.from(secret).toString("hex").toUpperCase()],
  ["percent", `https://x.test/?key=${encodeURIComponent(secret)}`],
  ["percent", Buffer.from(secret).toString("hex").replace(/../g, "%$&")],
])("a secret that is encoded as %s is found", (encoding, text) => {
  const [leak] = canaryScan(secret, text);
  // Text without + and / is the same in base64 and base64url.
  expect([encoding, encoding.replace("base64url", "base64")]).toContain(leak?.encoding);
});

test("a secret is found in base64 at every offset and length", () => {
  for (let length = 8; length < 20; length += 1) {
    const one = "Kx9-".repeat(5).slice(0, length);
    for (const before of ["", "a", "ab", "abc"]) {
      for (const after of ["", "z", "zy", "zyx"]) {
        const encoded = Buffer.from(before + one + after).toString("base64");
        expect(canaryScan(one, encoded), `${before}|${one}|${after}`).toHaveLength(1);
      }
    }
  }
});

test("a leak names its place in an error: message, stack, cause, a nested header, a Map, bytes", () => {
  const error = Object.assign(
    new Error(`refused ${secret}`, { cause: { headers: new Headers({ "x-api-key": secret }) } }),
    {
      seen: new Map([["key", Buffer.from(secret)]]),
    },
  );
  const places = canaryScan(secret, error).map(({ at }) => at);
  expect(places).toEqual(
    expect.arrayContaining(["message", "stack", "cause.headers.x-api-key", "seen.key", "inspect()"]),
  );
});

test("what toJSON and a custom inspect function show is searched too", () => {
  expect(canaryScan(secret, { toJSON: () => ({ secret }) })).toEqual([{ encoding: "raw", at: "JSON" }]);
  expect(canaryScan(secret, { [Symbol.for("nodejs.util.inspect.custom")]: () => secret })).toEqual([
    { encoding: "raw", at: "inspect()" },
  ]);
});

test("a value without the secret has no leaks, also where it refers to itself", () => {
  const circular: Record<string, unknown> = { text: "sk_live_other", list: [1, null, undefined, true] };
  circular.self = circular;
  expect(canaryScan(secret, circular)).toEqual([]);
  expect(canaryScan(secret, undefined)).toEqual([]);
});

test("a member that is not enumerable is not a leak", () => {
  const hidden = Object.defineProperty({}, "authorization", { value: secret, enumerable: false });
  expect(canaryScan(secret, hidden)).toEqual([]);
});

test("a secret that is so short that it might be found by chance is rejected", () => {
  expect(() => canaryScan("abc", "abc")).toThrow(new RangeError("secret must have at least 8 characters, got 3"));
});
