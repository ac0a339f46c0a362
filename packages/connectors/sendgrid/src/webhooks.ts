import { createWebhooks, sendgrid, type Webhooks } from "@connectry/core/webhooks";
import type { SendgridEvents } from "./webhook-payloads.js";

export * from "@connectry/core/connector-webhooks";
export type { SendgridEvents, SendgridPayload } from "./webhook-payloads.js";

/** SendGrid's event webhook with its signature turned on. A delivery has several events, and the secret is a public key. */
export const webhooks: Webhooks<SendgridEvents> = createWebhooks(sendgrid);
