import type { WebhookScheme } from "../scheme/webhook-scheme.js";
import { svixScheme } from "./svix.js";

/** Resend, which sends by Svix. https://resend.com/docs/webhooks/verify-webhooks-requests */
export const resend: WebhookScheme = /* @__PURE__ */ svixScheme({
  id: "resend",
  name: "Resend",
  secret: "the signing secret of the webhook, whsec_..., on its page in the dashboard",
});
