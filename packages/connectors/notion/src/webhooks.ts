import { createWebhooks, notion, type Webhooks } from "@connectry/core/webhooks";
import type { NotionEvents } from "./webhook-payloads.js";

export * from "@connectry/core/connector-webhooks";
export type { NotionEvents, NotionEventType, NotionPayload } from "./webhook-payloads.js";

/** Notion's webhooks, signed with the verification token of the subscription. */
export const webhooks: Webhooks<NotionEvents> = createWebhooks(notion);
