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
])("finds a secret that is %s", (form, text) => {
  const [leak] = canaryScan(secret, text);
  // Text without + and / is the same in both alphabets.
  expect([form, form.replace("base64url", "base64")]).toContain(leak?.form);
});

test("every alignment of every secret is found in base64", () => {
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

test("says where an error leaks: message, stack, cause, a nested header, a Map, bytes", () => {
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

test("sees what JSON shows through toJSON, and what inspect shows through its own symbol", () => {
  expect(canaryScan(secret, { toJSON: () => ({ secret }) })).toEqual([{ form: "raw", at: "JSON" }]);
  expect(canaryScan(secret, { [Symbol.for("nodejs.util.inspect.custom")]: () => secret })).toEqual([
    { form: "raw", at: "inspect()" },
  ]);
});

test("finds nothing where nothing is, also in circles", () => {
  const circle: Record<string, unknown> = { text: "sk_live_other", list: [1, null, undefined, true] };
  circle.self = circle;
  expect(canaryScan(secret, circle)).toEqual([]);
  expect(canaryScan(secret, undefined)).toEqual([]);
});

test("a member that does not show is no leak", () => {
  const hidden = Object.defineProperty({}, "authorization", { value: secret, enumerable: false });
  expect(canaryScan(secret, hidden)).toEqual([]);
});

test("refuses a secret that would be found by chance", () => {
  expect(() => canaryScan("abc", "abc")).toThrow(new RangeError("A canary has at least 8 characters; this one has 3."));
});
