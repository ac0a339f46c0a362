// Vendors whose package verifies by a shared secret, and does not sign.
import * as schemes from "@connectry/core/webhooks";
import dropboxSignApi from "@dropbox/sign";
import { LinearWebhookClient } from "@linear/sdk/webhooks";
import { Paddle } from "@paddle/paddle-node-sdk";
import "@shopify/shopify-api/adapters/web-api";
import { ApiVersion, shopifyApi } from "@shopify/shopify-api";
import { verifySlackRequest } from "@slack/bolt";
import { AwsLambdaReceiver } from "@zoom/rivet/meetings";
import { WebhooksManager } from "box-node-sdk/lib/managers/webhooks";
import { verifyWebhookSignature as hook0Verify } from "hook0-client";
import { WebhooksHelper } from "square";
import twilio from "twilio";
import { signedIn, succeeds, url, type Vendor } from "./vendor.ts";

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

/** Their packages accept what we sign. */
export const verifyingPackages: readonly Vendor[] = [
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
