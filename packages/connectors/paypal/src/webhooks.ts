import { type KeyOptions, paypal } from "@connectry/core/jose";
import { createWebhooks, type Webhooks } from "@connectry/core/webhooks";
import type { PaypalEvents } from "./webhook-payloads.js";

export * from "@connectry/core/connector-webhooks";
export type { KeyOptions } from "@connectry/core/jose";
export type { PaypalEvents, PaypalPayload } from "./webhook-payloads.js";

/** PayPal's webhooks, live and of the sandbox. Their secret is the id of the webhook. Needs the package `jose`. */
export const webhooks: Webhooks<PaypalEvents> = createWebhooks(paypal());

/** The same, whose certificates are fetched by another `fetch`. */
export const createPaypalWebhooks = (options: KeyOptions): Webhooks<PaypalEvents> => createWebhooks(paypal(options));
