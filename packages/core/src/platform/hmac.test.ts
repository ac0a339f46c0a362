import { createHmac, randomBytes } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { base64url, hmacSha256 } from "./hmac.js";

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

test.each([
  // RFC 4231, test cases 2 and 1: their keys and data are text.
  ["Jefe", "what do ya want for nothing?", "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"],
  ["\v".repeat(20), "Hi There", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"],
])("hmacSha256 under the secret %j signs %j as RFC 4231 does", async (secret, text, want) => {
  expect(hex(await hmacSha256(secret)(text))).toBe(want);
});

test("hmacSha256 signs any texts as Node does, several under one secret", async () => {
  const text = fc.string({ unit: "grapheme" });
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: "grapheme", minLength: 1 }), text, text, async (secret, first, second) => {
      const sign = hmacSha256(secret);
      for (const given of [first, second, first]) {
        expect(hex(await sign(given))).toBe(createHmac("sha256", secret).update(given).digest("hex"));
      }
    }),
    { numRuns: 50 },
  );
});

test("base64url writes bytes without padding and without characters that a URL reserves", () => {
  expect(base64url(new Uint8Array())).toBe("");
  expect(base64url(Uint8Array.from([0xfb, 0xff, 0xfe]))).toBe("-__-");
  expect(base64url(Uint8Array.from([0xff]))).toBe("_w");
  for (let length = 0; length < 64; length += 1) {
    const bytes = randomBytes(length);
    expect(base64url(bytes)).toBe(bytes.toString("base64url"));
  }
});
