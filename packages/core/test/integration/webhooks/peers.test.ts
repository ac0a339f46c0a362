import { createHmac } from "node:crypto";
import { sign as octokitSign, verify as octokitVerify } from "@octokit/webhooks-methods";
import fc from "fast-check";
import { Webhook } from "standardwebhooks";
import Stripe from "stripe";
import twilioSdk from "twilio";
import { expect, test } from "vitest";
import {
  github,
  hubspot,
  signWebhook,
  standardWebhooks,
  stripe,
  twilio,
  type WebhookRequest,
} from "../../../src/webhooks/index.js";
import { verifySignature } from "../../../src/webhooks/signature/verify-signature.js";

// Fewer runs than in other property tests, because the packages that are compared are slow.
const runs = { numRuns: 300, seed: 36 };
const bodies = fc.json({ maxDepth: 2 });
const secrets = fc.string({ minLength: 1, maxLength: 40, unit: "grapheme-ascii" }).filter((text) => text.trim() !== "");

async function accepts(...args: Parameters<typeof verifySignature>): Promise<boolean> {
  return verifySignature(...args).then(
    () => true,
    (error: Error) => {
      if (error.name !== "WebhookVerificationError") throw error;
      return false;
    },
  );
}

/** Whether a function does not throw. */
function succeeds(run: () => unknown): boolean {
  try {
    run();
    return true;
  } catch {
    return false;
  }
}

/** Changes of a header. The first one keeps it as it is. */
const headerChanges = fc.constantFrom<(text: string) => string>(
  (text) => text,
  (text) => text.slice(0, -1),
  (text) => `${text}x`,
  (text) => text.toUpperCase(),
  (text) => text.replace(/.(?=.{5}$)/, (letter) => (letter === "a" ? "b" : "a")),
  (text) => text.replace("v1", "v0"),
  (text) => text.replace("sha256=", "sha1="),
  (text) => text.replace("sha256=", ""),
  () => "",
);

test("stripe accepts and rejects the same deliveries as Stripe's own package", async () => {
  const { webhooks } = new Stripe("sk_test_peer");
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        body: bodies,
        secret: secrets,
        change: headerChanges,
        ageS: fc.constantFrom(0, -299, -300, -301, -400),
      }),
      async ({ body, secret, change, ageS }) => {
        const nowMs = Date.now();
        const timestamp = Math.floor(nowMs / 1_000) + ageS;
        const header = change(webhooks.generateTestHeaderString({ payload: body, secret, timestamp }));
        const theirs = succeeds(() => webhooks.constructEvent(body, header, secret, undefined, undefined, nowMs));
        const request: WebhookRequest = { headers: { "stripe-signature": header }, body };
        expect(await accepts(stripe, request, { secrets: secret, clock: { now: () => nowMs } })).toBe(theirs);
      },
    ),
    runs,
  );
});

test("Stripe's own package accepts deliveries that signWebhook signs", async () => {
  const { webhooks } = new Stripe("sk_test_peer");
  await fc.assert(
    fc.asyncProperty(bodies, secrets, async (body, secret) => {
      const header = (await signWebhook(stripe, body, { secret })).headers.get("stripe-signature") ?? "";
      expect(succeeds(() => webhooks.constructEvent(body, header, secret))).toBe(true);
    }),
    runs,
  );
});

test("stripe rejects a timestamp in the future, which Stripe's own package does not check", async () => {
  const { webhooks } = new Stripe("sk_test_peer");
  const nowMs = Date.now();
  const header = webhooks.generateTestHeaderString({
    payload: "{}",
    secret: "s",
    timestamp: Math.floor(nowMs / 1_000) + 301,
  });
  const verifying = verifySignature(
    stripe,
    { headers: { "stripe-signature": header }, body: "{}" },
    { secrets: "s", clock: { now: () => nowMs } },
  );
  await expect(verifying).rejects.toMatchObject({ reason: "clock-ahead" });
});

test("github accepts and rejects the same deliveries as Octokit, which accepts what signWebhook signs", async () => {
  await fc.assert(
    fc.asyncProperty(bodies, secrets, headerChanges, async (body, secret, change) => {
      const header = change(await octokitSign(secret, body));
      const theirs = header !== "" && (await octokitVerify(secret, body, header));
      expect(await accepts(github, { headers: { "x-hub-signature-256": header }, body }, { secrets: secret })).toBe(
        theirs,
      );
      const ours = (await signWebhook(github, body, { secret })).headers.get("x-hub-signature-256") ?? "";
      expect(await octokitVerify(secret, body, ours)).toBe(true);
    }),
    runs,
  );
});

test("standardWebhooks accepts and rejects the same deliveries as the Standard Webhooks package", async () => {
  const key = fc
    .uint8Array({ minLength: 24, maxLength: 64 })
    .map((bytes) => `whsec_${Buffer.from(bytes).toString("base64")}`);
  const shiftS = fc.constantFrom(0, 299, -299, 302, -302);
  const deliveries = fc.record({ body: bodies, secret: key, change: headerChanges, shiftS });
  await fc.assert(
    fc.asyncProperty(deliveries, async ({ body, secret, change, shiftS }) => {
      const nowMs = Date.now();
      const webhook = new Webhook(secret);
      const at = new Date(nowMs + shiftS * 1_000);
      const headers = {
        "webhook-id": "msg_1",
        "webhook-timestamp": String(Math.floor(at.getTime() / 1_000)),
        "webhook-signature": change(webhook.sign("msg_1", at, body)),
      };
      const theirs = succeeds(() => webhook.verify(body, headers));
      expect(await accepts(standardWebhooks, { headers, body }, { secrets: secret, clock: { now: () => nowMs } })).toBe(
        theirs,
      );

      const ours = await signWebhook(standardWebhooks, body, { secret });
      expect(succeeds(() => webhook.verify(body, Object.fromEntries(ours.headers)))).toBe(true);
    }),
    runs,
  );
});

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

test("a secret of Supabase begins with the version of the signature, and is read as its own example strips it", async () => {
  // const hookSecret = Deno.env.get("SEND_EMAIL_HOOK_SECRET").replace("v1,whsec_", ""); new Webhook(hookSecret)
  // https://supabase.com/docs/guides/auth/auth-hooks/send-email-hook
  const key = Buffer.alloc(32, 7).toString("base64");
  const secret = `v1,whsec_${key}`;
  const at = new Date();
  const signature = new Webhook(secret.replace("v1,whsec_", "")).sign("msg_1", at, "{}");
  const headers = {
    "webhook-id": "msg_1",
    "webhook-timestamp": String(Math.floor(at.getTime() / 1_000)),
    "webhook-signature": signature,
  };
  for (const read of [secret, `whsec_${key}`, key]) {
    expect(await accepts(standardWebhooks, { headers, body: "{}" }, { secrets: read })).toBe(true);
  }
  const other = `v1,whsec_${Buffer.alloc(32, 8).toString("base64")}`;
  expect(await accepts(standardWebhooks, { headers, body: "{}" }, { secrets: other })).toBe(false);
});
