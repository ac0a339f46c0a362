import type { WebhookScheme } from "../webhooks/scheme/webhook-scheme.js";
import { isoTime } from "../webhooks/signature/iso-time.js";
import { certificateAlgorithm } from "./certificate.js";
import { crc32 } from "./crc32.js";
import type { KeyOptions } from "./fetch-text.js";

/**
 * PayPal's REST webhooks. Signed is the CRC-32 of the body, in decimal: other bodies have the same, which a party that knows an authentic
 * delivery can send in its place, with its time and id, so set `toleranceMs`, and read what matters from PayPal's API. It documents no
 * tolerance, and whether a retry is signed anew is unconfirmed. Events of its simulator cannot be verified. Needs the package `jose`.
 * https://developer.paypal.com/api/rest/webhooks/rest/, and paypalrestsdk/notifications.py of paypal/PayPal-Python-SDK.
 */
export function paypal(options: KeyOptions = {}): WebhookScheme {
  return {
    id: "paypal",
    name: "PayPal",
    secret: "the id of the webhook, in the dashboard under the app's webhooks",
    algorithm: certificateAlgorithm(
      {
        url: { in: "header", name: "paypal-cert-url" },
        address: /^https:\/\/api(-m)?(\.sandbox)?\.paypal\.com\/v1\/notifications\/certs\/CERT-[A-Za-z0-9-]{1,128}$/,
        hash: { location: { in: "header", name: "paypal-auth-algo" }, names: { SHA256withRSA: "SHA-256" } },
      },
      options,
    ),
    signature: { in: "header", header: "paypal-transmission-sig", encoding: "base64" },
    signed: [
      { value: { header: "paypal-transmission-id" } },
      { text: "|" },
      "timestamp",
      { text: "|" },
      "secret",
      { text: "|" },
      { compute: (_, delivery) => String(crc32(delivery.body)) },
    ],
    timestamp: { header: "paypal-transmission-time", unit: "milliseconds", format: isoTime },
    event: {
      type: [[{ in: "body", path: ["event_type"] }]],
      id: [[{ in: "body", path: ["id"] }]],
    },
  };
}
