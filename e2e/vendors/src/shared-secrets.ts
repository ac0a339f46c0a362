// Vendors whose package verifies an HMAC, or a hash, with a shared secret.
import { hmacValidator as HmacValidator } from "@adyen/api-library";
import * as schemes from "@connectry/core/webhooks";
import dropboxSignApi from "@dropbox/sign";
import { Signature as HubSpotSignature } from "@hubspot/api-client";
import { LinearWebhookClient } from "@linear/sdk/webhooks";
import { signWebhookPayload, verifyWebhookSignature } from "@notionhq/client";
import { sign as octokitSign, verify as octokitVerify } from "@octokit/webhooks-methods";
import { Paddle } from "@paddle/paddle-node-sdk";
import "@shopify/shopify-api/adapters/web-api";
import { ApiVersion, shopifyApi } from "@shopify/shopify-api";
import { verifySlackRequest } from "@slack/bolt";
import { AwsLambdaReceiver } from "@zoom/rivet/meetings";
import { WebhooksManager } from "box-node-sdk/lib/managers/webhooks";
import { verifyWebhookSignature as hook0Verify } from "hook0-client";
import { WebhooksHelper } from "square";
import Stripe from "stripe";
import twilio from "twilio";
import { type Sent, signedIn, succeeds, url, type Vendor } from "./vendor.ts";

const json = { "content-type": "application/json" };
const form = { "content-type": "application/x-www-form-urlencoded" };
const hubspotBody = (text: string) => [{ eventId: 1, subscriptionType: "contact.creation", note: text }];
const sent = (body: unknown, headers: Readonly<Record<string, string>>): Sent => ({
  url,
  headers,
  body: typeof body === "string" ? body : JSON.stringify(body),
});

function hubspotVendor(version: "v1" | "v2" | "v3", scheme: schemes.WebhookScheme): Vendor {
  const header = version === "v3" ? "x-hubspot-signature-v3" : "x-hubspot-signature";
  return {
    name: `@hubspot/api-client, signature ${version}`,
    changes: signedIn(header),
    scheme,
    secret: "client secret",
    otherSecret: "another",
    body: hubspotBody,
    verify: ({ headers, body }, secret) =>
      HubSpotSignature.isValid({
        method: "POST",
        signatureVersion: version,
        clientSecret: secret,
        requestBody: body,
        url,
        signature: headers[header] ?? "",
        timestamp: Number(headers["x-hubspot-request-timestamp"]),
      }),
    sign(text, secret) {
      const body = JSON.stringify(hubspotBody(text));
      const timestamp = Date.now();
      const options = { clientSecret: secret, requestBody: body, url, timestamp };
      const signature = HubSpotSignature.getSignature("POST", version, options as never);
      return sent(body, { ...json, [header]: signature, "x-hubspot-request-timestamp": String(timestamp) });
    },
  };
}

function shopifyVendor(name: string, scheme: schemes.WebhookScheme, headers: Readonly<Record<string, string>>): Vendor {
  return {
    name: `@shopify/shopify-api, ${name}`,
    changes: signedIn(name === "events" ? "shopify-hmac-sha256" : "x-shopify-hmac-sha256"),
    scheme,
    secret: "shpss_1",
    otherSecret: "shpss_2",
    body: (text) => ({ topic: "Product", action: "create", title: text }),
    headers,
    async verify({ headers: all, body }, secret) {
      const shopify = shopifyApi({
        apiKey: "key",
        apiSecretKey: secret,
        apiVersion: Object.values(ApiVersion)[0] as ApiVersion,
        hostName: "example.com",
        isEmbeddedApp: false,
        logger: { log: () => {} },
      } as never);
      const rawRequest = new Request(url, { method: "POST", headers: { ...all }, body });
      return (await shopify.webhooks.validate({ rawBody: body, rawRequest })).valid;
    },
  };
}

const adyenItem = (text: string) => ({
  pspReference: "7914073381342284",
  merchantAccountCode: "TestMerchant",
  merchantReference: text,
  amount: { value: 1_130, currency: "EUR" },
  eventCode: "CAPTURE",
  success: "true",
  originalReference: "",
  eventDate: "2026-01-01T00:00:00Z",
  paymentMethod: "visa",
});

/** What each package says of a delivery. */
export const sharedSecrets: readonly Vendor[] = [
  {
    name: "stripe",
    changes: signedIn("stripe-signature"),
    scheme: schemes.stripe,
    secret: "whsec_a",
    otherSecret: "whsec_b",
    body: (text) => ({ id: "evt_1", type: "a", text }),
    verify: ({ headers, body }, secret) =>
      succeeds(() => new Stripe("sk_test_1").webhooks.constructEvent(body, headers["stripe-signature"] ?? "", secret)),
    sign(text, secret) {
      const body = JSON.stringify({ id: "evt_1", type: "a", text });
      const header = new Stripe("sk_test_1").webhooks.generateTestHeaderString({ payload: body, secret });
      return sent(body, { "stripe-signature": header });
    },
  },
  {
    name: "@octokit/webhooks-methods",
    changes: signedIn("x-hub-signature-256"),
    scheme: schemes.github,
    secret: "It's a secret",
    otherSecret: "another",
    body: (text) => ({ action: "opened", text }),
    headers: { "x-github-event": "issues" },
    verify: ({ headers, body }, secret) => octokitVerify(secret, body, headers["x-hub-signature-256"] ?? ""),
    async sign(text, secret) {
      const body = JSON.stringify({ action: "opened", text });
      return sent(body, { "x-hub-signature-256": await octokitSign(secret, body) });
    },
  },
  {
    name: "@slack/bolt",
    changes: signedIn("x-slack-signature"),
    scheme: schemes.slack,
    secret: "8f742231b10e",
    otherSecret: "another",
    body: (text) => ({ type: "event_callback", event: { type: "message", text } }),
    verify: ({ headers, body }, signingSecret) =>
      succeeds(() =>
        verifySlackRequest({
          signingSecret,
          body,
          headers: {
            "x-slack-signature": headers["x-slack-signature"] ?? "",
            "x-slack-request-timestamp": Number(headers["x-slack-request-timestamp"]),
          },
        }),
      ),
  },
  hubspotVendor("v1", schemes.hubspotV1),
  hubspotVendor("v2", schemes.hubspotV2),
  hubspotVendor("v3", schemes.hubspot),
  {
    name: "twilio, a form",
    changes: signedIn("x-twilio-signature"),
    scheme: schemes.twilio,
    secret: "12345",
    otherSecret: "54321",
    body: (text) => new URLSearchParams({ MessageSid: "SM1", Body: text }).toString(),
    headers: form,
    verify: ({ headers, body }, secret) =>
      twilio.validateRequest(
        secret,
        headers["x-twilio-signature"] ?? "",
        url,
        Object.fromEntries(new URLSearchParams(body)),
      ),
    sign(text, secret) {
      const params = { MessageSid: "SM1", Body: text };
      return sent(new URLSearchParams(params).toString(), {
        ...form,
        "x-twilio-signature": twilio.getExpectedTwilioSignature(secret, url, params),
      });
    },
  },
  {
    name: "twilio, JSON",
    changes: signedIn("x-twilio-signature"),
    scheme: schemes.twilio,
    secret: "12345",
    otherSecret: "54321",
    body: (text) => ({ EventType: "onMessageAdded", text }),
    verify: ({ headers, body, url: to }, secret) =>
      twilio.validateRequestWithBody(secret, headers["x-twilio-signature"] ?? "", to, body),
  },
  {
    name: "twilio, a shared key",
    changes: signedIn("x-twilio-signature"),
    scheme: schemes.twilioSharedKey,
    secret: "12345",
    otherSecret: "54321",
    body: (text) => new URLSearchParams({ MessageSid: "SM1", Body: text }).toString(),
    headers: form,
    verify: ({ headers, body }, secret) =>
      twilio.validateRequest(
        secret,
        headers["x-twilio-signature"] ?? "",
        url,
        Object.fromEntries(new URLSearchParams(body)),
        "HMAC_SHA256",
      ),
    sign(text, secret) {
      const params = { MessageSid: "SM1", Body: text };
      return sent(new URLSearchParams(params).toString(), {
        ...form,
        "x-twilio-signature": twilio.getExpectedTwilioSignature(secret, url, params, "HMAC_SHA256"),
      });
    },
  },
  shopifyVendor("webhooks", schemes.shopify, {
    "x-shopify-topic": "orders/create",
    "x-shopify-shop-domain": "a.myshopify.com",
    "x-shopify-api-version": "2026-01",
    "x-shopify-webhook-id": "1",
  }),
  shopifyVendor("events", schemes.shopifyEvents, {
    "shopify-topic": "Product",
    "shopify-shop-domain": "a.myshopify.com",
    "shopify-api-version": "2026-01",
    "shopify-webhook-id": "1",
  }),
  {
    name: "@adyen/api-library",
    changes: [
      { body: "plain", by: "plaim" },
      { body: "1130", by: "1131" },
      { body: '"true"', by: '"false"' },
    ],
    scheme: schemes.adyen,
    secret: "DFB1EB5485895CFA84146406857104ABB4CBCABDC8AAF103A624C8F6A3EAAB00",
    otherSecret: "DFB1EB5485895CFA84146406857104ABB4CBCABDC8AAF103A624C8F6A3EAAB01",
    body: (text) => ({ notificationItems: [{ NotificationRequestItem: adyenItem(text) }] }),
    verify: ({ body }, secret) =>
      new HmacValidator().validateHMAC(JSON.parse(body).notificationItems[0].NotificationRequestItem, secret),
    sign(text, secret) {
      const item = adyenItem(text);
      const additionalData = { hmacSignature: new HmacValidator().calculateHmac(item as never, secret) };
      return sent({ notificationItems: [{ NotificationRequestItem: { ...item, additionalData } }] }, json);
    },
  },
  {
    name: "@notionhq/client",
    changes: signedIn("x-notion-signature"),
    scheme: schemes.notion,
    secret: "secret_1",
    otherSecret: "secret_2",
    body: (text) => ({ id: "1", type: "page.created", text }),
    verify: ({ headers, body }, verificationToken) =>
      verifyWebhookSignature({ body, signature: headers["x-notion-signature"] ?? "", verificationToken }),
    async sign(text, verificationToken) {
      const body = JSON.stringify({ id: "1", type: "page.created", text });
      return sent(body, { "x-notion-signature": await signWebhookPayload({ body, verificationToken }) });
    },
  },
  {
    name: "@linear/sdk",
    changes: signedIn("linear-signature"),
    scheme: schemes.linear,
    secret: "lin_wh_1",
    otherSecret: "lin_wh_2",
    body: (text) => ({ type: "Issue", action: "create", text }),
    verify: ({ headers, body }, secret) =>
      succeeds(() => new LinearWebhookClient(secret).verify(Buffer.from(body), headers["linear-signature"] ?? "")),
  },
  {
    name: "@paddle/paddle-node-sdk",
    changes: signedIn("paddle-signature"),
    scheme: schemes.paddle,
    secret: "pdl_ntfset_1",
    otherSecret: "pdl_ntfset_2",
    body: (text) => ({ event_id: "evt_1", event_type: "transaction.paid", text }),
    verify: ({ headers, body }, secret) =>
      succeeds(async () => {
        if (!(await new Paddle("key").webhooks.isSignatureValid(body, secret, headers["paddle-signature"] ?? ""))) {
          throw new Error("rejected");
        }
      }),
  },
  {
    name: "square",
    changes: signedIn("x-square-hmacsha256-signature"),
    scheme: schemes.square,
    secret: "asdf1234",
    otherSecret: "another",
    body: (text) => ({ event_id: "1", type: "payment.created", text }),
    verify: ({ headers, body }, signatureKey) =>
      WebhooksHelper.verifySignature({
        requestBody: body,
        signatureHeader: headers["x-square-hmacsha256-signature"] ?? "",
        signatureKey,
        notificationUrl: url,
      }),
  },
  {
    name: "box-node-sdk",
    changes: signedIn("box-signature-primary"),
    scheme: schemes.box,
    secret: "SamplePrimaryKey",
    otherSecret: "another",
    body: (text) => ({ id: "1", trigger: "FILE.UPLOADED", text }),
    headers: { "box-signature-version": "1", "box-signature-algorithm": "HmacSHA256" },
    verify: ({ headers, body }, secret) => WebhooksManager.validateMessage(body, headers, secret),
  },
  {
    name: "@zoom/rivet",
    changes: signedIn("x-zm-signature"),
    scheme: schemes.zoom,
    secret: "secret token",
    otherSecret: "another",
    body: (text) => ({ event: "meeting.started", event_ts: 1, text }),
    async verify({ headers, body }, webhooksSecretToken) {
      const receiver = new AwsLambdaReceiver({ webhooksSecretToken });
      receiver.init({ eventEmitter: { emit: async () => {} } as never });
      const handle = await receiver.start();
      const debug = console.debug;
      console.debug = () => {};
      try {
        const response = await handle({ headers, body, isBase64Encoded: false } as never, {} as never);
        return (response as { statusCode: number }).statusCode === 200;
      } finally {
        console.debug = debug;
      }
    },
  },
  {
    name: "@dropbox/sign",
    // What the event is about is not signed.
    changes: [{ body: "signature_request_sent", by: "signature_request_signed" }],
    scheme: schemes.dropboxSign,
    secret: "an API key",
    otherSecret: "another",
    body: (text) => ({ event: { event_type: "signature_request_sent", note: text } }),
    verify: ({ body }, secret) =>
      dropboxSignApi.EventCallbackHelper.isValid(
        secret,
        dropboxSignApi.EventCallbackRequest.init(JSON.parse(body)) as never,
      ),
  },
  {
    name: "hook0-client",
    changes: signedIn("x-hook0-signature"),
    scheme: schemes.hook0,
    secret: "a secret",
    otherSecret: "another",
    body: (text) => ({ text }),
    headers: {
      "x-hook0-signature": "h=x-event-id x-event-type",
      "x-event-id": "1",
      "x-event-type": "user.made",
    },
    verify: ({ headers, body }, secret) =>
      succeeds(() => {
        const all = new Headers({ ...headers });
        const valid = hook0Verify(all.get("x-hook0-signature") ?? "", Buffer.from(body), all, secret, 300);
        if (valid !== true) throw valid;
      }),
  },
];
