import { queryFields } from "../delivery/form-body.js";
import type { EventFacts, WebhookScheme } from "../scheme/webhook-scheme.js";

/**
 * HubSpot delivers lists of events. The id of an event is composed of several fields, because it is unconfirmed that
 * `eventId` alone is unique. A hash of the body is not the same for each attempt, because the body has `attemptNumber`.
 * Workflows, cards and UI extensions send one object, or a GET, and only actions of workflows have an id for each run.
 * https://developers.hubspot.com/docs/api-reference/automation-actions-v4-v4/custom-action-guide
 * https://developers.hubspot.com/docs/api-reference/crm-public-app-crm-cards-v3/guide
 */
export const hubspotEvents: EventFacts = {
  list: [],
  acceptsSingle: true,
  form: queryFields,
  type: [[{ in: "body", path: ["subscriptionType"] }]],
  id: [
    [
      { in: "body", path: ["portalId"] },
      { in: "body", path: ["subscriptionId"] },
      { in: "body", path: ["eventId"] },
      { in: "body", path: ["occurredAt"] },
    ],
    [{ in: "body", path: ["callbackId"] }],
  ],
  // https://developers.hubspot.com/docs/api/webhooks
  redeliveries: { in: "body", path: ["attemptNumber"] },
  // A card is opened, and a workflow is run, with the same values again.
  withoutId: "nothing",
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
