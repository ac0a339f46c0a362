import { readPath } from "../platform/json-path.js";
import { readText } from "../webhooks/delivery/body-fields.js";
import { parseUnverified } from "../webhooks/delivery/parse-unverified.js";
import { isMet } from "../webhooks/delivery/signed-handshake.js";
import type { Delivery } from "../webhooks/scheme/delivery.js";
import type { RespondToHandshake, WebhookScheme } from "../webhooks/scheme/webhook-scheme.js";
import { isoTime } from "../webhooks/signature/iso-time.js";
import { signedEvents } from "../webhooks/signature/signed-events.js";
import { certificateAlgorithm } from "./certificate.js";
import { fetchText, type KeyOptions } from "./fetch-text.js";

const host = String.raw`https:\/\/sns\.[a-z0-9-]{3,64}\.amazonaws\.com(\.cn)?`;
const certificate = new RegExp(`^${host}\\/SimpleNotificationService-[A-Za-z0-9_-]{1,64}\\.pem$`);
const confirmation = new RegExp(`^${host}\\/\\?Action=ConfirmSubscription&[!-~]{1,2048}$`);

const notification = ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"];
const subscription = ["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"];

/** The fields that are signed, each with its name, as lines. Those of notifications and of other messages differ. */
function signedFields(scheme: WebhookScheme, delivery: Delivery): string {
  const body = parseUnverified(scheme, delivery);
  const names = readPath(body, ["Type"]) === "Notification" ? notification : subscription;
  let text = "";
  for (const name of names) {
    const value = readText(body, [name]);
    if (value !== undefined) text += `${name}\n${value}\n`;
  }
  return text;
}

/** Fetches the URL that confirms a subscription, on SNS alone. */
function confirmBy(options: KeyOptions): RespondToHandshake {
  return (handshake, payload) => {
    if (handshake.kind !== "fetch" || !isMet(handshake.when, payload)) return undefined;
    const url = readText(payload, handshake.path) ?? "";
    if (!confirmation.test(url)) return new Response(null, { status: 400 });
    return fetchText(url, options).then(({ status }) => {
      if (status !== 200) throw new Error(`Amazon SNS responded with ${status} to the confirmation of a subscription`);
      return new Response(null, { status: 200 });
    });
  };
}

/**
 * Amazon SNS over HTTPS, with signature version 1 (SHA-1) or 2 (SHA-256). Anyone can create a topic that sends here, so the secret is the ARN
 * of your topic, and others are rejected. A subscription to it is confirmed. Raw message delivery is not signed: leave it off. It
 * documents no tolerance. Needs the package `jose`.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html, and index.js of AWS's own `sns-validator`.
 */
export function awsSns(options: KeyOptions = {}): WebhookScheme {
  return {
    id: "aws-sns",
    name: "Amazon SNS",
    secret: "the ARN of the topic, arn:aws:sns:...",
    algorithm: certificateAlgorithm(
      {
        url: { in: "body", path: ["SigningCertURL"] },
        address: certificate,
        hash: { location: { in: "body", path: ["SignatureVersion"] }, names: { "1": "SHA-1", "2": "SHA-256" } },
        secret: ["TopicArn"],
      },
      options,
    ),
    signature: { in: "body", path: ["Signature"], encoding: "base64", read: signedEvents },
    signed: [{ compute: signedFields }],
    timestamp: { body: ["Timestamp"], unit: "milliseconds", format: isoTime },
    handshakes: [
      {
        kind: "fetch",
        when: { path: ["Type"], equals: "SubscriptionConfirmation" },
        path: ["SubscribeURL"],
        respond: confirmBy(options),
      },
    ],
    event: {
      type: [[{ in: "body", path: ["Type"] }]],
      id: [[{ in: "body", path: ["MessageId"] }]],
    },
  };
}
