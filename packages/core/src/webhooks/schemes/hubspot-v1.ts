import type { EventFacts, WebhookScheme } from "../scheme/webhook-scheme.js";

/**
 * HubSpot delivers lists of events. The id of an event is composed of several fields, because it is unconfirmed that
 * `eventId` alone is unique. A hash of the body is not the same for each attempt, because the body has `attemptNumber`.
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
 * HubSpot's signature v1: a plain hash of the secret and the body, without a timestamp. Prefer v3.
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
