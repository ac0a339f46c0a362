import * as webhooks from "../../src/webhooks/index.js";

const { signWebhook } = webhooks;

/** A scheme, the secrets that sign and verify its deliveries, and a body in its format. */
export interface Signer {
  readonly scheme: webhooks.WebhookScheme;
  readonly signing: string;
  readonly verifying: string;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

const seed = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A";
const hexSeed = Buffer.from(seed, "base64url").toString("hex");
const base64Seed = Buffer.from(seed, "base64url").toString("base64");
// RFC 8032, section 7.1, test 1.
const hexPublic = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";

async function sendgridKeys(): Promise<{ readonly signing: string; readonly verifying: string }> {
  const pair = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, ["sign", "verify"]);
  const text = async (format: "pkcs8" | "spki", key: CryptoKey) =>
    Buffer.from((await crypto.subtle.exportKey(format, key)) as ArrayBuffer).toString("base64");
  return { signing: await text("pkcs8", pair.privateKey), verifying: await text("spki", pair.publicKey) };
}

const hexKey = "DFB1EB5485895CFA84146406857104ABB4CBCABDC8AAF103A624C8F6A3EAAB00";
const same = (secret: string) => ({ signing: secret, verifying: secret });
const form = { "content-type": "application/x-www-form-urlencoded" };

/** A signer for every scheme. */
export async function signers(): Promise<readonly Signer[]> {
  return [
    {
      scheme: webhooks.standardWebhooks,
      ...same("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
      body: { type: "user.made" },
    },
    {
      scheme: webhooks.standardWebhooksV1a,
      signing: `whsk_${base64Seed}`,
      verifying: `whpk_${Buffer.from(hexPublic, "hex").toString("base64")}`,
      body: { type: "user.made" },
    },
    { scheme: webhooks.stripe, ...same("whsec_test"), body: { id: "evt_1", type: "charge.failed" } },
    {
      scheme: webhooks.github,
      ...same("It's a secret"),
      body: { action: "opened" },
      headers: { "x-github-event": "issues" },
    },
    { scheme: webhooks.slack, ...same("8f742231b10e"), body: { type: "event_callback", event: { type: "message" } } },
    {
      scheme: webhooks.hubspot,
      ...same("client-secret"),
      body: [{ eventId: 1, subscriptionType: "contact.creation" }],
    },
    {
      scheme: webhooks.hubspotV1,
      ...same("client-secret"),
      body: [{ eventId: 1, subscriptionType: "contact.creation" }],
    },
    {
      scheme: webhooks.hubspotV2,
      ...same("client-secret"),
      body: [{ eventId: 1, subscriptionType: "contact.creation" }],
    },
    { scheme: webhooks.twilio, ...same("12345"), body: "MessageSid=SM1&MessageStatus=sent", headers: form },
    { scheme: webhooks.twilio, ...same("12345"), body: { EventType: "onMessageAdded" } },
    { scheme: webhooks.twilioSharedKey, ...same("12345"), body: "MessageSid=SM1&MessageStatus=sent", headers: form },
    { scheme: webhooks.sendgrid, ...(await sendgridKeys()), body: [{ event: "dropped", sg_event_id: "1" }] },
    {
      scheme: webhooks.discord,
      signing: hexSeed,
      verifying: hexPublic,
      body: { type: 2, id: "1", data: { name: "ping" } },
    },
    {
      scheme: webhooks.discordEvents,
      signing: hexSeed,
      verifying: hexPublic,
      body: { type: 1, event: { type: "QUEST" } },
    },
    { scheme: webhooks.shopify, ...same("shpss_1"), body: { id: 1 }, headers: { "x-shopify-topic": "orders/create" } },
    { scheme: webhooks.shopifyEvents, ...same("shpss_1"), body: { topic: "Product", action: "create" } },
    {
      scheme: webhooks.adyen,
      ...same(hexKey),
      body: {
        notificationItems: [
          {
            NotificationRequestItem: {
              pspReference: "7914073381342284",
              merchantAccountCode: "TestMerchant",
              merchantReference: "TestPayment-1407325143704",
              amount: { value: 1_130, currency: "EUR" },
              eventCode: "AUTHORISATION",
              success: "true",
            },
          },
        ],
      },
    },
    { scheme: webhooks.asana, ...same("hook secret"), body: { events: [{ action: "changed" }] } },
    { scheme: webhooks.figma, ...same("a passcode"), body: { event_type: "FILE_UPDATE", timestamp: "2026-01-01" } },
    {
      scheme: webhooks.dropboxSign,
      ...same("an API key"),
      body: { event: { event_type: "signature_request_sent" }, signature_request: { signature_request_id: "1" } },
    },
    {
      scheme: webhooks.hook0,
      ...same("a secret"),
      body: { hello: 1 },
      headers: { "x-hook0-signature": "h=x-event-id x-event-type", "x-event-id": "1", "x-event-type": "user.made" },
    },
    { scheme: webhooks.notion, ...same("secret_1"), body: { id: "1", type: "page.created" } },
    { scheme: webhooks.svix, ...same("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"), body: { type: "user.made" } },
    { scheme: webhooks.clerk, ...same("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"), body: { type: "user.created" } },
    { scheme: webhooks.resend, ...same("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"), body: { type: "email.sent" } },
    { scheme: webhooks.gitlabSigned, ...same("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"), body: { object_kind: "push" } },
    { scheme: webhooks.gitlab, ...same("a secret token"), body: { object_kind: "push" } },
    { scheme: webhooks.zoom, ...same("secret token"), body: { event: "meeting.started", event_ts: 1 } },
    { scheme: webhooks.square, ...same("asdf1234"), body: { event_id: "1", type: "payment.created" } },
    { scheme: webhooks.zendesk, ...same("dGhpc19zZWNyZXQ="), body: { id: "1", type: "zen:event-type:user.created" } },
    { scheme: webhooks.intercom, ...same("client-secret"), body: { id: "notif_1", topic: "user.created" } },
    { scheme: webhooks.paddle, ...same("pdl_ntfset_1"), body: { event_id: "evt_1", event_type: "transaction.paid" } },
    { scheme: webhooks.lemonsqueezy, ...same("a secret"), body: { meta: { event_name: "order_created" } } },
    {
      scheme: webhooks.mailgun,
      ...same("key-1"),
      body: { signature: { token: "t1" }, "event-data": { event: "opened", id: "1" } },
    },
    { scheme: webhooks.box, ...same("SamplePrimaryKey"), body: { id: "1", trigger: "FILE.UPLOADED" } },
    { scheme: webhooks.dropbox, ...same("app-secret"), body: { list_folder: { accounts: ["dbid:1"] } } },
    {
      scheme: webhooks.bitbucket,
      ...same("It's a secret"),
      body: { push: {} },
      headers: { "x-event-key": "repo:push" },
    },
    { scheme: webhooks.calendly, ...same("signing key"), body: { event: "invitee.created" } },
    { scheme: webhooks.typeform, ...same("a secret"), body: { event_id: "1", event_type: "form_response" } },
    {
      scheme: webhooks.sentry,
      ...same("client-secret"),
      body: { action: "created" },
      headers: { "sentry-hook-resource": "issue" },
    },
    { scheme: webhooks.pagerduty, ...same("a secret"), body: { event: { id: "1", event_type: "incident.triggered" } } },
    {
      scheme: webhooks.xero,
      ...same("webhook key"),
      body: {
        events: [{ resourceId: "1", eventType: "UPDATE", eventCategory: "INVOICE", eventDateUtc: "2026-01-01" }],
      },
    },
    {
      scheme: webhooks.klaviyo,
      ...same("a secret of 16 letters"),
      body: { data: [{ external_id: "1", topic: "event:klaviyo.sent_sms" }], meta: {} },
    },
    { scheme: webhooks.mollie, ...same("a secret"), body: { id: "event_1", type: "payment-link.paid" } },
    { scheme: webhooks.linear, ...same("lin_wh_1"), body: { type: "Issue", action: "create" } },
  ];
}

/** A signed delivery as plain data, so that tests can change it. */
export async function signedDelivery(
  { scheme, signing, body, headers = {} }: Signer,
  nowMs: number,
): Promise<{
  readonly url: string;
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body: Uint8Array<ArrayBuffer>;
}> {
  const request = await signWebhook(scheme, body, {
    secret: signing,
    nowMs,
    headers,
    url: "https://example.com/hook?a=1",
  });
  return {
    url: request.url,
    method: request.method,
    headers: Object.fromEntries(request.headers),
    body: new Uint8Array(await request.arrayBuffer()),
  };
}
