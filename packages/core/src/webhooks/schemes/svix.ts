import type { WebhookScheme } from "../scheme/webhook-scheme.js";

type SchemeNames = Pick<WebhookScheme, "id" | "name" | "secret">;

/** The scheme of a provider that sends by Svix. Called where it is marked as pure, so that bundles leave it out if unused. */
export function svixScheme(names: SchemeNames): WebhookScheme {
  return {
    ...names,
    algorithm: { kind: "hmac", hash: "SHA-256", key: { encoding: "base64", prefix: "whsec_" } },
    signature: { in: "header", header: "svix-signature", separator: " ", prefix: "v1,", encoding: "base64" },
    signed: [{ value: { header: "svix-id" } }, { text: "." }, "timestamp", { text: "." }, "body"],
    timestamp: { header: "svix-timestamp", unit: "seconds", toleranceMs: 300_000 },
    event: {
      type: [[{ in: "body", path: ["type"] }], [{ in: "body", path: ["eventType"] }]],
      id: [[{ in: "header", name: "svix-id" }]],
    },
  };
}

/**
 * Svix: Standard Webhooks with headers of its own. https://docs.svix.com/receiving/verifying-payloads/how-manual
 */
export const svix: WebhookScheme = /* @__PURE__ */ svixScheme({
  id: "svix",
  name: "Svix",
  secret: "the signing secret of the endpoint, whsec_...",
});
