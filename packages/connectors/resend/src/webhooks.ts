import { createWebhooks, resend, type Webhooks } from "@connectry/core/webhooks";
import type { ResendEvents } from "./generated/webhooks.js";

export * from "@connectry/core/connector-webhooks";
export type { ResendEvents };

/** Resend's webhooks, sent by Svix: every event of the document by its type. */
export const webhooks: Webhooks<ResendEvents> = createWebhooks(resend);
