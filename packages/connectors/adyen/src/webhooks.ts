import { adyen, createWebhooks, type Webhooks } from "@connectry/core/webhooks";
import type { AdyenEvents } from "./webhook-payloads.js";

export * from "@connectry/core/connector-webhooks";
export type { AdyenEventCode, AdyenEvents, AdyenPayload } from "./webhook-payloads.js";

/** Adyen's payment webhooks (standard webhooks). Each event is signed by itself, in its `additionalData`. */
export const webhooks: Webhooks<AdyenEvents> = createWebhooks(adyen);
