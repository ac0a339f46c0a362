import type { HeaderValue } from "../scheme/locations.js";
import type { WebhookScheme } from "../scheme/webhook-scheme.js";
import { namedHeaders } from "../signature/named-headers.js";

const names: HeaderValue = { header: "x-hook0-signature", separator: ",", prefix: "h=" };

/**
 * Hook0, by which other services send their webhooks too. It signs the headers that the signature names. The tolerance is that of its
 * example; its client for Node compares one that the caller passes.
 * https://documentation.hook0.com/tutorials/webhook-authentication, and src/signature.ts of `hook0-client`.
 */
export const hook0: WebhookScheme = {
  id: "hook0",
  name: "Hook0",
  secret: "the secret of the subscription",
  algorithm: { kind: "hmac", hash: "SHA-256", key: { encoding: "utf8" } },
  signature: { in: "header", header: "x-hook0-signature", separator: ",", prefix: "v1=", encoding: "hex" },
  signed: [
    "timestamp",
    { text: "." },
    { value: names },
    { text: "." },
    { compute: /* @__PURE__ */ namedHeaders(names, ".") },
    { text: "." },
    "body",
  ],
  timestamp: { header: "x-hook0-signature", separator: ",", prefix: "t=", unit: "seconds", toleranceMs: 300_000 },
  event: {
    type: [[{ in: "header", name: "x-event-type" }]],
    id: [[{ in: "header", name: "x-event-id" }]],
  },
};
