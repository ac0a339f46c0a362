import { crc32 as zlibCrc32 } from "node:zlib";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { certified, recordedFetch, rsaSign } from "../../test/webhooks/provider-keys.js";
import { signWebhook, verifyWebhook } from "../webhooks/index.js";
import { crc32 } from "./crc32.js";
import { paypal } from "./index.js";

const webhookId = "1JE4291016473214C";
const certUrl = "https://api.sandbox.paypal.com/v1/notifications/certs/CERT-360caa42-fca2a594-a5cafa77";
const body = '{"id":"WH-1","event_type":"PAYMENT.SALE.COMPLETED","summary":"ü"}';
const time = "2016-02-18T20:01:35Z";

let provider: Awaited<ReturnType<typeof certified>>;
beforeAll(async () => {
  provider = await certified();
});

/** The headers of https://developer.paypal.com/api/rest/webhooks/rest/, over what it says: id|time|webhook id|crc32. */
function headersOf(changes: Readonly<Record<string, string>> = {}): Record<string, string> {
  const id = "69cd13f0-d67a-11e5-baa3-778b53f4ae55";
  return {
    "paypal-transmission-id": id,
    "paypal-transmission-time": time,
    "paypal-cert-url": certUrl,
    "paypal-auth-algo": "SHA256withRSA",
    "paypal-transmission-sig": rsaSign(
      `${id}|${time}|${webhookId}|${zlibCrc32(body)}`,
      provider.privateKey,
      "RSA-SHA256",
    ),
    ...changes,
  };
}

function receiver() {
  // As PayPal sends a chain.
  const { fetch, urls } = recordedFetch(() => new Response(`${provider.certificate}\n${provider.certificate}`));
  const scheme = paypal({ fetch });
  const verify = (headers: Record<string, string>, secrets = webhookId, text = body) =>
    verifyWebhook(scheme, { headers, body: text }, { secrets });
  return { scheme, urls, verify };
}

test("crc32 computes the check value of the catalog, and what zlib computes", () => {
  // The "check" of CRC-32/ISO-HDLC, of the bytes 123456789.
  expect(crc32(new TextEncoder().encode("123456789"))).toBe(0xcbf43926);
  fc.assert(fc.property(fc.uint8Array(), (bytes) => crc32(bytes) === zlibCrc32(bytes)));
});

test("R36: a delivery of PayPal is accepted for its webhook, and its certificate is fetched once", async () => {
  const { verify, urls } = receiver();
  for (let count = 0; count < 3; count += 1) {
    const { events, signedAtMs } = await verify(headersOf());
    expect(events).toMatchObject([{ type: "PAYMENT.SALE.COMPLETED", id: "WH-1" }]);
    expect(signedAtMs).toBe(Date.parse(time));
  }
  expect(urls).toEqual([certUrl]);
});

test("R37: another body, time, id or webhook is rejected", async () => {
  const { verify } = receiver();
  const wrong = { reason: "wrong-secret" };
  await expect(verify(headersOf(), webhookId, `${body} `)).rejects.toMatchObject(wrong);
  await expect(verify(headersOf(), "ANOTHER")).rejects.toMatchObject(wrong);
  await expect(verify(headersOf({ "paypal-transmission-id": "1" }))).rejects.toMatchObject(wrong);
  await expect(verify(headersOf({ "paypal-transmission-time": "2016-02-18T20:01:36Z" }))).rejects.toMatchObject(wrong);
});

test.each([
  ["paypal-cert-url", "https://api.paypal.com.evil.test/v1/notifications/certs/CERT-1"],
  ["paypal-cert-url", "https://api.paypal.com/v1/notifications/certs/CERT-1?next=https://evil.test"],
  ["paypal-cert-url", "https://api.paypal.com/v1/notifications/certs/../../CERT-1"],
  ["paypal-cert-url", "http://api.paypal.com/v1/notifications/certs/CERT-1"],
  ["paypal-cert-url", `https://api.paypal.com/v1/notifications/certs/CERT-${"1".repeat(200)}`],
  ["paypal-auth-algo", "SHA1withRSA"],
])("R37: the header %s with %s is rejected without a request", async (header, value) => {
  const { verify, urls } = receiver();
  await expect(verify(headersOf({ [header]: value }))).rejects.toMatchObject({ reason: "malformed" });
  expect(urls).toEqual([]);
});

test("signWebhook signs as PayPal does", async () => {
  const { scheme } = receiver();
  const headers = { "paypal-cert-url": certUrl, "paypal-auth-algo": "SHA256withRSA" };
  const options = { secret: webhookId, privateKey: provider.privateKey, headers };
  const request = await signWebhook(scheme, body, options);
  await expect(verifyWebhook(scheme, request, { secrets: webhookId, toleranceMs: 60_000 })).resolves.toBeDefined();
});
