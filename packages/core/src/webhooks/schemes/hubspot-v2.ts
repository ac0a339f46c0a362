import type { WebhookScheme } from "../scheme/webhook-scheme.js";
import { unescapeApostrophes } from "../signature/url-formats.js";
import { hubspotEvents } from "./hubspot-v1.js";

/**
 * HubSpot's signature v2, of workflows and cards: a plain hash of the secret, method, URL and body, without a timestamp.
 * https://developers.hubspot.com/docs/faq/v2-request-validation
 */
export const hubspotV2: WebhookScheme = {
  id: "hubspot",
  name: "HubSpot (v2)",
  secret: "the app's client secret",
  algorithm: { kind: "hash", hash: "SHA-256" },
  signature: { in: "header", header: "x-hubspot-signature", encoding: "hex" },
  signed: ["secret", "method", "url", "body"],
  urlFormats: [(url) => url, unescapeApostrophes],
  event: hubspotEvents,
};
