import type { WebhookScheme } from "../scheme/webhook-scheme.js";
import { hubspotEvents } from "./hubspot-v1.js";

/**
 * HubSpot's signature v2: a plain hash of the secret, method, URL and body, without a timestamp. Prefer v3.
 * https://developers.hubspot.com/docs/faq/v2-request-validation
 */
export const hubspotV2: WebhookScheme = {
  id: "hubspot",
  name: "HubSpot (v2)",
  secret: "the app's client secret",
  algorithm: { kind: "hash", hash: "SHA-256" },
  signature: { in: "header", header: "x-hubspot-signature", encoding: "hex" },
  signed: ["secret", "method", "url", "body"],
  event: hubspotEvents,
};
