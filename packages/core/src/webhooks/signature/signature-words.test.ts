import { createHash, createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { boxRequest } from "../../../test/webhooks/vectors.js";
import { webDigests } from "../crypto/digests.js";
import {
  box,
  type Encoding,
  hook0,
  querySignature,
  requestTarget,
  signWebhook,
  verifySignature,
  type WebhookScheme,
} from "../index.js";

const base: WebhookScheme = {
  id: "acme",
  name: "Acme",
  secret: "the key",
  algorithm: { kind: "hmac", hash: "SHA-256", key: { encoding: "utf8" } },
  signature: { in: "header", header: "x-signature", encoding: "hex" },
  signed: ["body"],
  event: { type: [[{ in: "body", path: ["type"] }]] },
};
const body = '{"type":"a"}';
const secret = "a key";
const accepts = (scheme: WebhookScheme, signature: string, url?: string) =>
  verifySignature(scheme, { headers: { "x-signature": signature }, body, url }, { secrets: secret }).then(
    () => true,
    () => false,
  );

test.each(["SHA-1", "SHA-256", "SHA-384", "SHA-512", "MD5"] as const)(
  "HMAC with %s is that of OpenSSL",
  async (hash) => {
    const scheme: WebhookScheme = { ...base, algorithm: { kind: "hmac", hash, key: { encoding: "utf8" } } };
    const signature = createHmac(hash.replace("SHA-", "sha"), secret).update(body).digest("hex");
    expect(await accepts(scheme, signature)).toBe(true);
    expect(
      await accepts(
        scheme,
        signature.replace(/.$/, (last) => (last === "0" ? "1" : "0")),
      ),
    ).toBe(false);
    const signed = await signWebhook(scheme, body, { secret });
    expect(signed.headers.get("x-signature")).toBe(signature);
  },
);

test("MD5 is computed where the platform has it, and otherwise the error says where it is", async () => {
  const scheme: WebhookScheme = { ...base, algorithm: { kind: "hash", hash: "MD5" }, signed: ["secret", "body"] };
  const signature = createHash("md5")
    .update(secret + body)
    .digest("hex");
  expect(await accepts(scheme, signature)).toBe(true);
  const request = { headers: { "x-signature": signature }, body };
  for (const algorithm of [scheme.algorithm, { ...base.algorithm, hash: "MD5" } as typeof base.algorithm]) {
    const verifying = verifySignature({ ...scheme, algorithm }, request, { secrets: secret, digests: webDigests() });
    await expect(verifying).rejects.toMatchObject({
      name: "ConfigurationError",
      message: expect.stringMatching(/^MD5 needs `node:crypto`: Node, Bun, Deno, .*nodejs_compat/),
    });
  }
});

// In base64, the signature of this body has a plus sign and padding.
const bytes = createHmac("sha256", secret).update(body).digest();
const encoded: Readonly<Record<Encoding, string>> = {
  hex: bytes.toString("hex"),
  "hex-upper": bytes.toString("hex").toUpperCase(),
  base64: bytes.toString("base64"),
  base64url: bytes.toString("base64url"),
};

test.each(Object.keys(encoded) as Encoding[])(
  "a signature in %s is accepted in that encoding only",
  async (encoding) => {
    const scheme: WebhookScheme = { ...base, signature: { in: "header", header: "x-signature", encoding } };
    for (const [other, text] of Object.entries(encoded)) expect(await accepts(scheme, text)).toBe(other === encoding);
    expect((await signWebhook(scheme, body, { secret })).headers.get("x-signature")).toBe(encoded[encoding]);
    for (const digests of [webDigests()]) {
      const request = { headers: { "x-signature": encoded[encoding] }, body };
      await expect(verifySignature(scheme, request, { secrets: secret, digests })).resolves.toBeDefined();
    }
  },
);

test("the path and the query are signed as they were called", async () => {
  const scheme: WebhookScheme = { ...base, signed: ["method", { text: " " }, { compute: requestTarget }, "body"] };
  const sign = (text: string) => createHmac("sha256", secret).update(text).digest("hex");
  const url = "https://example.com/a%20b/o'c?x=1&y=%2B+'#top";
  expect(await accepts(scheme, sign(`POST /a%20b/o'c?x=1&y=%2B+'${body}`), url)).toBe(true);
  expect(await accepts(scheme, sign(`POST /a%20b/o'c${body}`), "https://example.com/a%20b/o'c")).toBe(true);
  expect(await accepts(scheme, sign(`POST /a?x=1${body}`), "https://example.com/b?x=1")).toBe(false);
});

test("a signature in the query is read from one parameter, and a second one is rejected", async () => {
  const scheme: WebhookScheme = {
    ...base,
    signature: { in: "query", path: ["signature"], encoding: "base64", read: querySignature },
  };
  const request = await signWebhook(scheme, body, { secret, url: "https://example.com/hook?a=1" });
  expect(new URL(request.url).searchParams.get("signature")).toBe(encoded.base64);
  const { url } = request;
  await expect(verifySignature(scheme, request, { secrets: secret })).resolves.toBeDefined();
  const at = (changed: string) => verifySignature(scheme, { headers: {}, body, url: changed }, { secrets: secret });
  await expect(at(url)).resolves.toBeDefined();
  await expect(at(`${url}&signature=b`)).rejects.toMatchObject({ reason: "malformed" });
  await expect(at("https://example.com/hook?a=1")).rejects.toMatchObject({ reason: "malformed" });
  await expect(
    verifySignature(scheme, { headers: {}, body: `${body} `, url }, { secrets: secret }),
  ).rejects.toMatchObject({
    reason: "wrong-secret",
  });
});

const boxMs = Date.parse("2020-01-01T00:00:00-07:00");

test.each([
  { secrets: "SamplePrimaryKey", laterMs: 0, expected: "accepted" },
  { secrets: "SampleSecondaryKey", laterMs: 0, expected: "accepted" },
  { secrets: "SampleSecondaryKey", laterMs: 600_000, expected: "accepted" },
  { secrets: "IncorrectKey", laterMs: 0, expected: "wrong-secret" },
  // The times of Box's own tests.
  { secrets: "SamplePrimaryKey", laterMs: 900_000, expected: "too-old" },
  { secrets: "SamplePrimaryKey", laterMs: -900_000, expected: "clock-ahead" },
])("Box's sample message is $expected for $secrets, $laterMs ms later", async ({ secrets, laterMs, expected }) => {
  const verifying = verifySignature(box, boxRequest, { secrets, clock: { now: () => boxMs + laterMs } });
  const outcome = await verifying.then(
    ({ signedAtMs }) => signedAtMs === boxMs && "accepted",
    (error) => error.reason,
  );
  expect(outcome).toBe(expected);
});

test.each([
  "2020-01-01",
  "2020-01-01T00:00:00",
  "2020-01-01 00:00:00Z",
  "2020-13-01T00:00:00Z",
  "1577862000",
  "Wed, 01 Jan 2020 07:00:00 GMT",
  "2020-01-01T00:00:00Zx",
  "",
])("R37: %j is not accepted as a time in ISO 8601", async (time) => {
  const headers = { ...(boxRequest.headers as object), "box-delivery-timestamp": time };
  const verifying = verifySignature(box, { ...boxRequest, headers }, { secrets: "SamplePrimaryKey" });
  await expect(verifying).rejects.toMatchObject({ reason: "malformed" });
});

test("a time and a signature that only their places in a header tell are read, and signed", async () => {
  const header = "x-signature";
  const scheme: WebhookScheme = {
    ...base,
    signature: { in: "header", header, separator: ":", position: 1, encoding: "hex" },
    signed: ["timestamp", "body"],
    timestamp: { header, separator: ":", position: 0, unit: "seconds", toleranceMs: 1_000 },
  };
  const nowMs = 1_700_000_000_000;
  const signature = createHmac("sha256", secret).update(`1700000000${body}`).digest("hex");
  const signed = await signWebhook(scheme, body, { secret, nowMs });
  expect(signed.headers.get(header)).toBe(`1700000000:${signature}`);
  const verify = (text: string) =>
    verifySignature(scheme, { headers: { [header]: text }, body }, { secrets: secret, clock: { now: () => nowMs } });
  await expect(verify(`1700000000:${signature}`)).resolves.toMatchObject({ signedAtMs: nowMs });
  await expect(verify(`${signature}:1700000000`)).rejects.toMatchObject({ reason: "malformed" });
  await expect(verify(`1700000000:${"0".repeat(64)}:${signature}`)).rejects.toMatchObject({ reason: "wrong-secret" });
});

describe("headers that the signature names", () => {
  const nowMs = 1_765_443_663_000;
  // The formula of https://documentation.hook0.com/tutorials/webhook-authentication; e2e/vendors compares with Hook0's own client.
  const sign = (names: string, values: string) =>
    createHmac("sha256", secret).update(`1765443663.${names}.${values}.${body}`).digest("hex");
  const verify = (names: string, signature: string, headers = {}) =>
    verifySignature(
      hook0,
      { headers: { "x-hook0-signature": `t=1765443663,h=${names},v1=${signature}`, ...headers }, body },
      { secrets: secret, clock: { now: () => nowMs } },
    );

  test("R36: are verified with their values, in their order", async () => {
    const headers = { "content-type": "application/json", "X-Custom-Header": "a" };
    const names = "content-type x-custom-header";
    const signature = sign(names, "application/json.a");
    await expect(verify(names, signature, headers)).resolves.toMatchObject({ signedAtMs: nowMs });
    for (const changed of [
      { ...headers, "X-Custom-Header": "b" },
      { ...headers, "content-type": "a", "X-Custom-Header": "application/json" },
    ]) {
      await expect(verify(names, signature, changed)).rejects.toMatchObject({ reason: "wrong-secret" });
    }
    await expect(verify("x-custom-header content-type", signature, headers)).rejects.toMatchObject({
      reason: "wrong-secret",
    });
  });

  test("R37: are all there, and no more than 32, or the delivery is rejected before it is hashed", async () => {
    await expect(verify("x-missing", sign("x-missing", ""))).rejects.toMatchObject({ reason: "header-missing" });
    const many = Array.from({ length: 33 }, () => "x-a").join(" ");
    await expect(verify(many, sign(many, "a"), { "x-a": "a" })).rejects.toMatchObject({ reason: "malformed" });
    await expect(verify(many.slice(4), "00", { "x-a": "a" })).rejects.toMatchObject({ reason: "wrong-secret" });
  });
});
