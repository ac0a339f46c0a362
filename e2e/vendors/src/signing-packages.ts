// Vendors whose package signs by a shared secret, and verifies.
import { hmacValidator as HmacValidator } from "@adyen/api-library";
import * as schemes from "@connectry/core/webhooks";
import { Signature as HubSpotSignature } from "@hubspot/api-client";
import { signWebhookPayload, verifyWebhookSignature } from "@notionhq/client";
import { sign as octokitSign, verify as octokitVerify } from "@octokit/webhooks-methods";
import { SignatureValidator as MollieSignature } from "mollie-api-typescript/utils/webhooks/index.js";
import Stripe from "stripe";
import twilio from "twilio";
import { form, type Sent, type SigningVendor, signedIn, succeeds, url } from "./vendor.ts";

const json = { "content-type": "application/json" };
const hubspotBody = (text: string) => [{ eventId: 1, subscriptionType: "contact.creation", note: text }];
const sent = (body: unknown, headers: Readonly<Record<string, string>>): Sent => ({
  url,
  headers,
  body: typeof body === "string" ? body : JSON.stringify(body),
});

function hubspotVendor(version: "v1" | "v2" | "v3", scheme: schemes.WebhookScheme): SigningVendor {
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

/** Without an algorithm, the package takes its default. */
function twilioVendor(what: string, scheme: schemes.WebhookScheme, algorithm?: "HMAC_SHA256"): SigningVendor {
  const header = "x-twilio-signature";
  const formOf = (text: string) => new URLSearchParams({ MessageSid: "SM1", Body: text });
  return {
    name: `twilio, ${what}`,
    changes: signedIn(header),
    scheme,
    secret: "12345",
    otherSecret: "54321",
    body: (text) => formOf(text).toString(),
    headers: form,
    verify: ({ headers, body }, secret) =>
      twilio.validateRequest(
        secret,
        headers[header] ?? "",
        url,
        Object.fromEntries(new URLSearchParams(body)),
        algorithm,
      ),
    sign(text, secret) {
      const params = Object.fromEntries(formOf(text));
      const signature = twilio.getExpectedTwilioSignature(secret, url, params, algorithm);
      return sent(formOf(text).toString(), { ...form, [header]: signature });
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

/** Their packages sign a delivery, which we accept, and accept ours. */
export const signingPackages: readonly SigningVendor[] = [
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
  hubspotVendor("v1", schemes.hubspotV1),
  hubspotVendor("v2", schemes.hubspotV2),
  hubspotVendor("v3", schemes.hubspot),
  twilioVendor("a form", schemes.twilio),
  twilioVendor("a shared key", schemes.twilioSharedKey, "HMAC_SHA256"),
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
    name: "mollie-api-typescript",
    changes: signedIn("x-mollie-signature"),
    scheme: schemes.mollie,
    secret: "a signing secret",
    otherSecret: "another",
    body: (text) => ({ resource: "event", id: "event_1", type: "payment-link.paid", text }),
    verify: ({ headers, body }, secret) => MollieSignature.validate(body, secret, headers["x-mollie-signature"] ?? ""),
    async sign(text, secret) {
      const body = JSON.stringify({ resource: "event", id: "event_1", type: "payment-link.paid", text });
      return sent(body, { "x-mollie-signature": `sha256=${await MollieSignature.createSignature(body, secret)}` });
    },
  },
];
