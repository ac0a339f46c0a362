import type { EventFacts, WebhookScheme } from "../scheme.js";

/**
 * Events come in lists. What tells one from another is put together from its fields, since HubSpot counts
 * `attemptNumber` up in the body itself when it delivers again. Unconfirmed: whether `eventId` alone is unique.
 */
export const hubspotEvents: EventFacts = {
  list: [],
  type: [[{ in: "body", path: ["subscriptionType"] }]],
  id: [
    [
      { in: "body", path: ["portalId"] },
      { in: "body", path: ["subscriptionId"] },
      { in: "body", path: ["eventId"] },
      { in: "body", path: ["occurredAt"] },
    ],
  ],
};

/**
 * HubSpot's first signature: a plain hash of secret and body, without a time. Prefer v3.
 * https://developers.hubspot.com/docs/faq/v1-request-validation
 */
export const hubspotV1: WebhookScheme = {
  id: "hubspot",
  name: "HubSpot (v1)",
  secret: "the app's client secret",
  algorithm: { kind: "hash", hash: "SHA-256" },
  signature: { in: "header", header: "x-hubspot-signature", encoding: "hex" },
  signed: ["secret", "body"],
  event: hubspotEvents,
};
