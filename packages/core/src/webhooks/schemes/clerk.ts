import type { WebhookScheme } from "../scheme/webhook-scheme.js";
import { svixScheme } from "./svix.js";

/**
 * Clerk, which sends by Svix. https://clerk.com/docs/reference/backend/verify-webhook, and src/webhooks.ts of its package
 * `@clerk/backend`, which reads the headers of Svix as those of Standard Webhooks.
 */
export const clerk: WebhookScheme = /* @__PURE__ */ svixScheme({
  id: "clerk",
  name: "Clerk",
  secret: "the signing secret of the endpoint, whsec_..., in the dashboard under Webhooks",
});
