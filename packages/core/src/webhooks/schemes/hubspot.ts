import type { WebhookScheme } from "../scheme/webhook-scheme.js";
import { hubspotUrlFormats } from "../signature/hubspot-url-formats.js";
import { hubspotEvents } from "./hubspot-v1.js";

/**
 * HubSpot's signature v3, which it sends with every webhook, and with the requests of UI extensions.
 * https://developers.hubspot.com/docs/apps/developer-platform/build-apps/authentication/request-validation
 */
export const hubspot: WebhookScheme = {
  id: "hubspot",
  name: "HubSpot",
  secret: "the app's client secret",
  algorithm: { kind: "hmac", hash: "SHA-256", key: { encoding: "utf8" } },
  signature: { in: "header", header: "x-hubspot-signature-v3", encoding: "base64" },
  signed: ["method", "url", "body", "timestamp"],
  urlFormats: hubspotUrlFormats,
  timestamp: { header: "x-hubspot-request-timestamp", unit: "milliseconds", toleranceMs: 300_000 },
  event: hubspotEvents,
};
