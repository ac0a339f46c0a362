import { createWebhooks, type Webhooks, xero } from "@connectry/core/webhooks";
import type { XeroEvents } from "./webhook-payloads.js";

export * from "@connectry/core/connector-webhooks";
export type { XeroCreditNotePayload, XeroEvents, XeroEventType, XeroPayload } from "./webhook-payloads.js";

/** Xero's webhooks, signed with the webhook key of the app. */
export const webhooks: Webhooks<XeroEvents> = createWebhooks(xero);
