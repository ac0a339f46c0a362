import { clerk, createWebhooks, type Webhooks } from "@connectry/core/webhooks";
import type { ClerkEvents } from "./webhook-payloads.js";

export * from "@connectry/core/connector-webhooks";
export type { ClerkEvents, ClerkPayload } from "./webhook-payloads.js";

/** Clerk's webhooks, sent by Svix: every event by its type. */
export const webhooks: Webhooks<ClerkEvents> = createWebhooks(clerk);
