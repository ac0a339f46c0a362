import type { WebhookScheme } from "../scheme.js";
import { hubspotEvents } from "./hubspot-v1.js";

/**
 * HubSpot's second signature: a plain hash of secret, method, address and body, without a time. Prefer v3.
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
