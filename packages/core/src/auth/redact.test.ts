import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyEncodings, anySecret, encodings } from "../../test/encodings.js";
import { createRedactor } from "./redact.js";

// As base64 keys have them, with the signs that encodings change.
const secret = "sk_canary+4eC39HqL/yjWDarjtT1zdp7dc==";
const redact = createRedactor([secret]);

describe("R44: a secret is redacted", () => {
  test.each(Object.entries(encodings))("in %s, and in the same twice", (_, encode) => {
    for (const text of [encode(secret), encode(encode(secret))]) {
      expect(redact(`Invalid key ${text} in line 3.`)).toBe("Invalid key *** in line 3.");
    }
  });

  test.each(["", "u", "us", "user name"])("in Base64 after %j, as Basic has it (RFC 7617)", (user) => {
    const text = redact(`Basic ${Buffer.from(`${user}:${secret}`).toString("base64")} is not valid.`);
    expect(text).toBe("Basic *** is not valid.");
  });

  test("with a space, whatever writes it", () => {
    const withSpaces = createRedactor(["correct horse battery"]);
    for (const text of ["correct+horse+battery", "correct%20horse%2520battery", "correct&nbsp;horse\\u0020battery"]) {
      expect(withSpaces(`Invalid key ${text}`)).toBe("Invalid key ***");
    }
    expect(withSpaces("Invalid key CORRECT horse battery")).toBe("***");
  });

  test.each(["pass%41word", "pass\\u0041word", "pass&amp;word", "password\\", "password%", "password&#4"])(
    "that looks like an escape itself: %s",
    (own) => {
      const redactOwn = createRedactor([own]);
      // The end of what an encoding made of its last sign may be left.
      for (const encode of Object.values(encodings))
        expect(redactOwn(`is ${encode(own)} !`)).toMatch(/^is \*\*\*\S{0,6} !$/);
    },
  );

  // What is left can be the end of what an encoding made of its last sign.
  test("in any composition of encodings, and what is left shows no more than a few of its characters", () => {
    fc.assert(
      fc.property(anySecret, anyEncodings, (own, { encode }) => {
        const text = createRedactor([own])(`Invalid key "${encode(own)}".`);
        expect(text).toMatch(/^(Invalid key )?\S{0,12}\*\*\*\S{0,12}$/);
      }),
      { numRuns: 2_000 },
    );
  });
});

test("a text without the secret is not changed", () => {
  const almost = [secret.slice(1), encodeURIComponent(secret.slice(0, -4)), "\\u0073k_%63anary", "a%00b\\u0000&#0;"];
  for (const text of [...almost, "", "deadbeef".repeat(20)]) expect(redact(text)).toBe(text);
});

test("a secret of less than eight characters is not redacted, because ordinary words have as many", () => {
  expect(createRedactor(["test"])("a test key")).toBe("a test key");
});
