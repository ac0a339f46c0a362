import { createWebhooks, klaviyo, type Webhooks } from "@connectry/core/webhooks";
import type { KlaviyoEvents } from "./webhook-payloads.js";

export * from "@connectry/core/connector-webhooks";
export type { KlaviyoEvent, KlaviyoEvents, KlaviyoTopic } from "./webhook-payloads.js";

/** Klaviyo's system webhooks, signed with the secret that each was created with. */
export const webhooks: Webhooks<KlaviyoEvents> = createWebhooks(klaviyo);
