import { sign as octokitSign, verify as octokitVerify } from "@octokit/webhooks-methods";
import fc from "fast-check";
import { Webhook } from "standardwebhooks";
import Stripe from "stripe";
import { expect, test } from "vitest";
import { github, signWebhook, standardWebhooks, stripe, type WebhookRequest } from "../../../src/webhooks/index.js";
import { verifySignature } from "../../../src/webhooks/signature/verify-signature.js";
import { accepts, bodies, runs, secrets, succeeds } from "../../webhooks/peers.js";

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
