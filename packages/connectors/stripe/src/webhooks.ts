import { createWebhooks, stripe, type Webhooks } from "@connectry/core/webhooks";
import type { StripeEvents } from "./generated/webhooks.js";

export * from "@connectry/core/connector-webhooks";
export type { StripeEvents };

/** Stripe's webhooks: every event of the document by its type, with the object that it is about. */
export const webhooks: Webhooks<StripeEvents> = createWebhooks(stripe);
