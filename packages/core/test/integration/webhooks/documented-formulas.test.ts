import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import * as schemes from "../../../src/webhooks/index.js";

const nowMs = 1_700_000_000_000;
const seconds = "1700000000";
const httpDate = "Tue, 14 Nov 2023 22:13:20 GMT";
const secret = "a secret of 16 letters";
const hex = (content: string, hash = "sha256") => createHmac(hash, secret).update(content).digest("hex");
const base64 = (content: string) => createHmac("sha256", secret).update(content).digest("base64");

/** What each vendor's page says, computed by `node:crypto`: the headers of a delivery with a body. The pages are in the schemes. */
const formulas: readonly (readonly [
  schemes.WebhookScheme,
  (body: string) => Readonly<Record<string, string>>,
  string?,
])[] = [
  [
    schemes.zoom,
    (body) => ({ "x-zm-request-timestamp": seconds, "x-zm-signature": `v0=${hex(`v0:${seconds}:${body}`)}` }),
  ],
  [
    schemes.zendesk,
    (body) => ({
      "x-zendesk-webhook-signature-timestamp": "2023-11-14T22:13:20Z",
      "x-zendesk-webhook-signature": base64(`2023-11-14T22:13:20Z${body}`),
    }),
  ],
  [schemes.intercom, (body) => ({ "x-hub-signature": `sha1=${hex(body, "sha1")}` })],
  [schemes.paddle, (body) => ({ "paddle-signature": `ts=${seconds};h1=${hex(`${seconds}:${body}`)}` })],
  [schemes.lemonsqueezy, (body) => ({ "x-signature": hex(body) })],
  [schemes.dropbox, (body) => ({ "x-dropbox-signature": hex(body) })],
  [schemes.gitlab, () => ({ "x-gitlab-token": secret })],
  [schemes.bitbucket, (body) => ({ "x-hub-signature": `sha256=${hex(body)}` })],
  [schemes.calendly, (body) => ({ "calendly-webhook-signature": `t=${seconds},v1=${hex(`${seconds}.${body}`)}` })],
  [schemes.typeform, (body) => ({ "typeform-signature": `sha256=${base64(body)}` })],
  [schemes.sentry, (body) => ({ "sentry-hook-signature": hex(body) })],
  // While a secret is rotated, there is a signature of each.
  [schemes.pagerduty, (body) => ({ "x-pagerduty-signature": `v1=${"0".repeat(64)},v1=${hex(body)}` })],
  [schemes.xero, (body) => ({ "x-xero-signature": base64(body) }), '{"events":[]}'],
  [
    schemes.klaviyo,
    (body) => ({ "klaviyo-timestamp": httpDate, "klaviyo-signature": hex(`${body}${httpDate}`) }),
    '{"data":[]}',
  ],
  // Repeated headers, which are joined.
  [schemes.mollie, (body) => ({ "x-mollie-signature": `sha256=${"0".repeat(64)}, sha256=${hex(body)}` })],
  [
    schemes.mailgun,
    () => ({}),
    JSON.stringify({
      signature: { timestamp: seconds, token: "a1", signature: hex(`${seconds}a1`) },
      "event-data": { event: "opened", id: "1" },
    }),
  ],
];

test.each(formulas.map((formula) => [formula[0].name, formula] as const))(
  "R36: a delivery that is signed as %s documents is accepted, and rejected with another secret",
  async (_, [scheme, headersOf, body = '{"id":"1","note":"ü"}']) => {
    const request = { headers: headersOf(body), body };
    const clock = { now: () => nowMs };
    const verified = await schemes.verifyWebhook(scheme, request, { secrets: secret, clock });
    expect(verified.signedAtMs).toBe(scheme.timestamp === undefined ? undefined : nowMs);
    await expect(schemes.verifySignature(scheme, request, { secrets: "another secret", clock })).rejects.toMatchObject({
      reason: "wrong-secret",
    });
  },
);
