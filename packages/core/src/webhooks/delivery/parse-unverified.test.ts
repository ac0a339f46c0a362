import { expect, test } from "vitest";
import { adyen, figma, formBody, signWebhook, sortedForm, stripe, verifySignature, verifyWebhook } from "../index.js";

const form = { "content-type": "application/x-www-form-urlencoded" };
const reject = (scheme: typeof figma, body: string | Uint8Array, headers = {}) =>
  verifySignature(scheme, { headers, body }, { secrets: "00" });

test("R54: a scheme without forms reads a body as JSON, whatever its content type", async () => {
  for (const scheme of [adyen, figma]) {
    await expect(reject(scheme, "a&".repeat(20_000), form)).rejects.toMatchObject({
      reason: "malformed",
      message: expect.stringMatching(/is not JSON/),
    });
  }
  const request = await signWebhook(stripe, { id: "evt_1", type: "a" }, { secret: "s", headers: form });
  expect((await verifyWebhook(stripe, request, { secrets: "s" })).events).toMatchObject([{ type: "a" }]);
});

test("R54: a body that is parsed before it is verified has at most 10,000 values, and is UTF-8", async () => {
  const bodyOf = (count: number) => JSON.stringify({ passcode: "a", values: Array.from({ length: count }, () => 0) });
  await expect(reject(figma, bodyOf(9_999))).rejects.toMatchObject({ reason: "wrong-secret" });
  for (const body of [bodyOf(10_001), "[".repeat(10_001), '{"a":'.repeat(10_001)]) {
    await expect(reject(figma, body)).rejects.toMatchObject({
      reason: "malformed",
      message: expect.stringMatching(/more than 10000 values/),
    });
  }
  const latin1 = Uint8Array.from([0x22, 0xe9, 0x22]);
  await expect(reject(figma, latin1)).rejects.toMatchObject({
    reason: "malformed",
    message: expect.stringMatching(/not UTF-8/),
  });
});

test("R54: a form that is read before it is verified has valid escapes, and one that is signed by field 256 KiB", async () => {
  const own = { ...figma, event: { ...figma.event, form: formBody } };
  await expect(reject(own, "passcode=%zz", form)).rejects.toMatchObject({ reason: "malformed" });
  await expect(reject(own, "passcode=%C3%A9", form)).rejects.toMatchObject({ reason: "wrong-secret" });
  const signed = { ...stripe, timestamp: undefined, signed: [{ compute: sortedForm }] } as unknown as typeof stripe;
  const headers = { ...form, "stripe-signature": "v1=00" };
  await expect(reject(signed, `a=${"b".repeat(262_143)}`, headers)).rejects.toMatchObject({ reason: "too-large" });
  await expect(reject(signed, `a=${"b".repeat(262_142)}`, headers)).rejects.toMatchObject({ reason: "wrong-secret" });
});

test("a byte order mark before JSON is ignored, in a text as in bytes", async () => {
  const text = '\ufeff{"id":"evt_1","type":"a"}';
  for (const body of [text, new TextEncoder().encode(text)]) {
    const { headers } = await signWebhook(stripe, body, { secret: "s" });
    expect((await verifyWebhook(stripe, { headers, body }, { secrets: "s" })).events).toMatchObject([{ id: "evt_1" }]);
  }
});
