import type { WebhookScheme } from "../scheme.js";
import { hubspotEvents } from "./hubspot-v1.js";

/**
 * HubSpot's third signature, which it sends with every webhook. Its page also asks to decode some percent-escapes of
 * the address, and its own SDK does not: which ones is unconfirmed, so the address is taken as it came. Give webhooks
 * an address without escapes. https://developers.hubspot.com/docs/apps/developer-platform/build-apps/authentication/request-validation
 */
export const hubspot: WebhookScheme = {
  id: "hubspot",
  name: "HubSpot",
  secret: "the app's client secret",
  algorithm: { kind: "hmac", hash: "SHA-256", key: { encoding: "utf8" } },
  signature: { in: "header", header: "x-hubspot-signature-v3", encoding: "base64" },
  signed: ["method", "url", "body", "timestamp"],
  timestamp: { header: "x-hubspot-request-timestamp", unit: "milliseconds", toleranceMs: 300_000 },
  event: hubspotEvents,
};
