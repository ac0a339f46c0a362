import type { WebhookScheme } from "../scheme/webhook-scheme.js";
import { isoTime } from "../signature/iso-time.js";

/**
 * Box, webhooks V2. There is a signature for each of the two keys, so that one can be replaced while the other signs. Its
 * page rejects what is older than 10 minutes. https://developer.box.com/guides/webhooks/v2/signatures-v2 and, for headers and
 * fields, https://developer.box.com/guides/webhooks/v2/ (the test has the example of Box's SDKs).
 */
export const box: WebhookScheme = {
  id: "box",
  name: "Box",
  secret: "a signature key of the app, primary or secondary",
  algorithm: { kind: "hmac", hash: "SHA-256", key: { encoding: "utf8" } },
  signature: {
    in: "header",
    header: "box-signature-primary",
    others: ["box-signature-secondary"],
    encoding: "base64",
  },
  signed: ["body", "timestamp"],
  timestamp: { header: "box-delivery-timestamp", unit: "milliseconds", format: isoTime, toleranceMs: 600_000 },
  event: {
    type: [[{ in: "body", path: ["trigger"] }]],
    // Of the body, because `box-delivery-id` is not signed, and another for each retry.
    id: [[{ in: "body", path: ["id"] }]],
  },
};
