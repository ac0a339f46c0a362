import { createHmac } from "node:crypto";
import { sign as octokitSign, verify as octokitVerify } from "@octokit/webhooks-methods";
import fc from "fast-check";
import { Webhook } from "standardwebhooks";
import Stripe from "stripe";
import twilioSdk from "twilio";
import { expect, test } from "vitest";
import { github, hubspot, signWebhook, standardWebhooks, stripe, twilio, type WebhookRequest } from "./index.js";
import { verifySignature } from "./verify-signature.js";

// A property runs less often than in a chaos run: what it compares with is slow.
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

/** Whether what a peer does not throw at. */
function succeeds(run: () => unknown): boolean {
  try {
    run();
    return true;
  } catch {
    return false;
  }
}

/** Changes that a header can suffer; the first is none. */
const spoil = fc.constantFrom<(text: string) => string>(
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

test("what Stripe's own package signs or accepts is accepted, and what it refuses is refused", async () => {
  const { webhooks } = new Stripe("sk_test_peer");
  await fc.assert(
    fc.asyncProperty(
      bodies,
      secrets,
      spoil,
      fc.constantFrom(0, -299, -300, -301, -400),
      async (body, secret, change, ageS) => {
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

test("what we sign for Stripe is accepted by Stripe's own package", async () => {
  const { webhooks } = new Stripe("sk_test_peer");
  await fc.assert(
    fc.asyncProperty(bodies, secrets, async (body, secret) => {
      const header = (await signWebhook(stripe, secret, body)).headers.get("stripe-signature") ?? "";
      expect(succeeds(() => webhooks.constructEvent(body, header, secret))).toBe(true);
    }),
    runs,
  );
});

test("a time ahead of the clock, which Stripe's own package does not look at, is refused", async () => {
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

test("what Octokit signs or accepts is accepted, and what it refuses is refused", async () => {
  await fc.assert(
    fc.asyncProperty(bodies, secrets, spoil, async (body, secret, change) => {
      const header = change(await octokitSign(secret, body));
      const theirs = header !== "" && (await octokitVerify(secret, body, header));
      expect(await accepts(github, { headers: { "x-hub-signature-256": header }, body }, { secrets: secret })).toBe(
        theirs,
      );
      const ours = (await signWebhook(github, secret, body)).headers.get("x-hub-signature-256") ?? "";
      expect(await octokitVerify(secret, body, ours)).toBe(true);
    }),
    runs,
  );
});

test("what the Standard Webhooks package signs or accepts is accepted, and what it refuses is refused", async () => {
  const key = fc
    .uint8Array({ minLength: 24, maxLength: 64 })
    .map((bytes) => `whsec_${Buffer.from(bytes).toString("base64")}`);
  const shift = fc.constantFrom(0, 299, -299, 302, -302);
  await fc.assert(
    fc.asyncProperty(bodies, key, spoil, shift, async (body, secret, change, shiftS) => {
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

      const ours = await signWebhook(standardWebhooks, secret, body);
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

test("what Twilio's own package accepts of forms is accepted, and what it refuses is refused", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.dictionary(names, values, { maxKeys: 5 }),
      secrets,
      urls,
      fc.constantFrom<(url: string) => string>(
        (url) => url,
        (url) => new URL(url).href,
        (url) => url.replace(/^(https:\/\/[a-z.]+)(?=[/?])/, "$1:443"),
        (url) => url.replace(/:(443|8443|80)(?=[/?])/, ""),
        (url) => url.replace("a+b", "a%20b").replace("b+c", "b%20c"),
        (url) => url.replace("example", "attacker"),
        (url) => url.replace("hook", "HOOK"),
      ),
      async (params, token, url, signedUrl) => {
        const signature = legacySigner(token, signedUrl(url), params);
        const theirs = twilioSdk.validateRequest(token, signature, url, params);
        const headers = { "content-type": "application/x-www-form-urlencoded", "x-twilio-signature": signature };
        const body = new URLSearchParams(params).toString();
        // What a form can carry: a lone surrogate becomes U+FFFD on its way.
        fc.pre(Object.values(params).every((value) => !/\p{Surrogate}/u.test(value)));
        expect(await accepts(twilio, { url, headers, body }, { secrets: token })).toBe(theirs);
      },
    ),
    runs,
  );
});

test("of a repeated field each value counts once, as Twilio's own package has it", async () => {
  const url = "https://example.com/hook";
  const params = { MediaUrl: ["b", "a", "b"], To: "1" };
  const signature = createHmac("sha1", "token").update(`${url}MediaUrlaMediaUrlbTo1`).digest("base64");
  expect(twilioSdk.validateRequest("token", signature, url, params)).toBe(true);
  const headers = { "content-type": "application/x-www-form-urlencoded", "x-twilio-signature": signature };
  expect(
    await accepts(twilio, { url, headers, body: "MediaUrl=b&MediaUrl=a&To=1&MediaUrl=b" }, { secrets: "token" }),
  ).toBe(true);
});

test("JSON is accepted from Twilio where the address carries its hash, as its own package has it", async () => {
  await fc.assert(
    fc.asyncProperty(bodies, secrets, fc.boolean(), async (body, token, isSpoilt) => {
      const request = await signWebhook(twilio, token, body, { url: "https://example.com/hook" });
      const signature = request.headers.get("x-twilio-signature") ?? "";
      const sent = isSpoilt ? `${body} ` : body;
      const theirs = twilioSdk.validateRequestWithBody(token, signature, request.url, sent);
      expect(theirs).toBe(!isSpoilt);
      expect(
        await accepts(twilio, { url: request.url, headers: request.headers, body: sent }, { secrets: token }),
      ).toBe(theirs);
    }),
    runs,
  );
});

test("JSON from Twilio whose address carries no hash is signed by nothing, and refused", async () => {
  const url = "https://example.com/hook";
  const headers = { "x-twilio-signature": createHmac("sha1", "token").update(url).digest("base64") };
  const verifying = verifySignature(twilio, { url, headers, body: '{"Amount":1000000}' }, { secrets: "token" });
  await expect(verifying).rejects.toMatchObject({ reason: "malformed", message: expect.stringMatching(/bodySHA256/) });
});

// HubSpot publishes no vector for v3; this is the recipe of its page and of its SDK (src/utils/signature.ts), by node:crypto.
test("R36: HubSpot v3 signs method, address, body and time", async () => {
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
  // Behind a proxy the address that arrives is another.
  const inner = { url: "http://10.0.0.7:3000/webhook_uri", headers, body };
  expect(await accepts(hubspot, inner, options)).toBe(false);
  expect(await accepts(hubspot, inner, { ...options, publicUrl: "https://www.example.com" })).toBe(true);
  const renamed = { url: "http://10.0.0.7:3000/inner?x=1", headers, body };
  expect(await accepts(hubspot, renamed, { ...options, publicUrl: () => url })).toBe(true);
});
