// Schemes that sign the URL.
import { createHmac } from "node:crypto";
import fc from "fast-check";
import twilioSdk from "twilio";
import { expect, test } from "vitest";
import { hubspot, signWebhook, twilio } from "../../../src/webhooks/index.js";
import { verifySignature } from "../../../src/webhooks/signature/verify-signature.js";
import { accepts, bodies, runs, secrets } from "../../webhooks/peers.js";

const names = fc.string({ unit: fc.constantFrom("A", "b", "Z", "1", "_"), minLength: 1, maxLength: 6 });
const values = fc.string({ unit: "grapheme", maxLength: 12 });
const urls = fc.constantFrom(
  "https://example.com/hook",
  "https://example.com:8443/hook?foo=1&bar=2",
  "http://example.com:80/?a=b+c",
  "https://example.com/hook?name=O'Brien",
  "https://example.com/hook?q=a%20b&q=c",
  "https://[::1]:443/x?y",
);
const legacySigner = (token: string, url: string, params: Record<string, unknown>) =>
  createHmac("sha1", token)
    .update(
      url +
        Object.keys(params)
          .sort()
          .map((name) => `${name}${params[name]}`)
          .join(""),
    )
    .digest("base64");

test("twilio accepts and rejects the same forms as Twilio's own package", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        params: fc.dictionary(names, values, { maxKeys: 5 }),
        token: secrets,
        url: urls,
        signedUrl: fc.constantFrom<(url: string) => string>(
          (url) => url,
          (url) => new URL(url).href,
          (url) => url.replace(/^(https:\/\/[a-z.]+)(?=[/?])/, "$1:443"),
          (url) => url.replace(/:(443|8443|80)(?=[/?])/, ""),
          (url) => url.replace("a+b", "a%20b").replace("b+c", "b%20c"),
          (url) => url.replace("example", "attacker"),
          (url) => url.replace("hook", "HOOK"),
        ),
      }),
      async ({ params, token, url, signedUrl }) => {
        const signature = legacySigner(token, signedUrl(url), params);
        const theirs = twilioSdk.validateRequest(token, signature, url, params);
        const headers = { "content-type": "application/x-www-form-urlencoded", "x-twilio-signature": signature };
        const body = new URLSearchParams(params).toString();
        // A form cannot contain a lone surrogate: it is encoded as U+FFFD.
        fc.pre(Object.values(params).every((value) => !/\p{Surrogate}/u.test(value)));
        expect(await accepts(twilio, { url, headers, body }, { secrets: token })).toBe(theirs);
      },
    ),
    runs,
  );
});

test("twilio signs each value of a repeated field once, as Twilio's own package does", async () => {
  const url = "https://example.com/hook";
  const params = { MediaUrl: ["b", "a", "b"], To: "1" };
  const signature = createHmac("sha1", "token").update(`${url}MediaUrlaMediaUrlbTo1`).digest("base64");
  expect(twilioSdk.validateRequest("token", signature, url, params)).toBe(true);
  const headers = { "content-type": "application/x-www-form-urlencoded", "x-twilio-signature": signature };
  expect(
    await accepts(twilio, { url, headers, body: "MediaUrl=b&MediaUrl=a&To=1&MediaUrl=b" }, { secrets: "token" }),
  ).toBe(true);
});

test("twilio accepts JSON where the URL has its hash, as Twilio's own package does", async () => {
  await fc.assert(
    fc.asyncProperty(bodies, secrets, fc.boolean(), async (body, token, isChanged) => {
      const request = await signWebhook(twilio, body, { secret: token, url: "https://example.com/hook" });
      const signature = request.headers.get("x-twilio-signature") ?? "";
      const sent = isChanged ? `${body} ` : body;
      const theirs = twilioSdk.validateRequestWithBody(token, signature, request.url, sent);
      expect(theirs).toBe(!isChanged);
      expect(
        await accepts(twilio, { url: request.url, headers: request.headers, body: sent }, { secrets: token }),
      ).toBe(theirs);
    }),
    runs,
  );
});

test("twilio rejects JSON where the URL does not have its hash, because then the body is not signed", async () => {
  const url = "https://example.com/hook";
  const headers = { "x-twilio-signature": createHmac("sha1", "token").update(url).digest("base64") };
  const verifying = verifySignature(twilio, { url, headers, body: '{"Amount":1000000}' }, { secrets: "token" });
  await expect(verifying).rejects.toMatchObject({ reason: "malformed", message: expect.stringMatching(/bodySHA256/) });
});

// Twilio's package is given the URL as it was received. A `Request` has %27 in its query where an apostrophe was received.
test.each([
  "https://example.com/hook?name=O'Brien&q=a+b",
  "https://example.com/hook?q=a+b&q=c%20d&name='",
  "https://example.com/O'Brien/a+b?q=%2B+",
])("twilio accepts %s in a `Request` and as it was received", async (url) => {
  const params = { Body: "it's 1+1", To: "+1" };
  const signature = legacySigner("token", url, params);
  expect(twilioSdk.validateRequest("token", signature, url, params)).toBe(true);
  const headers = { "content-type": "application/x-www-form-urlencoded", "x-twilio-signature": signature };
  const body = new URLSearchParams(params).toString();
  expect(await accepts(twilio, { url, headers, body }, { secrets: "token" })).toBe(true);
  const request = () => new Request(url, { method: "POST", headers, body });
  expect(await accepts(twilio, request(), { secrets: "token" })).toBe(true);
  expect(await accepts(twilio, request(), { secrets: "other" })).toBe(false);
});

// HubSpot publishes no vector for v3. This follows its documentation and its SDK (src/utils/signature.ts).
test("R36: HubSpot v3 signs the method, URL, body and timestamp", async () => {
  const [body, url, timestamp] = [
    '{"example_field":"example_value"}',
    "https://www.example.com/webhook_uri",
    "1700000000000",
  ];
  const signature = createHmac("sha256", "yyyyyyyy-yyyy").update(`POST${url}${body}${timestamp}`).digest("base64");
  const headers = { "x-hubspot-signature-v3": signature, "x-hubspot-request-timestamp": timestamp };
  const options = { secrets: "yyyyyyyy-yyyy", clock: { now: () => Number(timestamp) } };
  expect(await accepts(hubspot, { url, headers, body }, options)).toBe(true);
  expect(await accepts(hubspot, { url: `${url}/`, headers, body }, options)).toBe(false);
  // Behind a proxy, the request has a different URL.
  const inner = { url: "http://10.0.0.7:3000/webhook_uri", headers, body };
  expect(await accepts(hubspot, inner, options)).toBe(false);
  expect(await accepts(hubspot, inner, { ...options, publicUrl: "https://www.example.com" })).toBe(true);
  const renamed = { url: "http://10.0.0.7:3000/inner?x=1", headers, body };
  expect(await accepts(hubspot, renamed, { ...options, publicUrl: () => url })).toBe(true);
});

// The table of HubSpot's documentation: all other characters stay encoded, and the SDKs sign the URL as it is.
test.each([
  [
    "https://www.example.com/hook?redirect=https%3A%2F%2Fapp.example.com%2F%3Fa",
    "https://www.example.com/hook?redirect=https://app.example.com/?a",
  ],
  [
    "https://www.example.com/hook?email=ada%40example.com&name=A%20B%26C",
    "https://www.example.com/hook?email=ada@example.com&name=A%20B%26C",
  ],
  ["https://www.example.com/hook?all=%21%24%27%28%29%2a%2c%3b", "https://www.example.com/hook?all=!$'()*,;"],
])("hubspot accepts %s signed as it is, and decoded as its documentation says", async (url, decoded) => {
  const timestamp = "1700000000000";
  const options = { secrets: "key", clock: { now: () => Number(timestamp) } };
  const signedAs = (signedUrl: string) => ({
    "x-hubspot-signature-v3": createHmac("sha256", "key").update(`GET${signedUrl}${timestamp}`).digest("base64"),
    "x-hubspot-request-timestamp": timestamp,
  });
  for (const signedUrl of [url, decoded]) {
    const request = { method: "GET", url, headers: signedAs(signedUrl), body: "" };
    expect(await accepts(hubspot, request, options)).toBe(true);
  }
  const whole = { method: "GET", url, headers: signedAs(`${decoded}&a=1`), body: "" };
  expect(await accepts(hubspot, whole, options)).toBe(false);
});
