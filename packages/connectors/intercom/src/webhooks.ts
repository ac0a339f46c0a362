import { createWebhooks, intercom, type Webhooks } from "@connectry/core/webhooks";
import type { IntercomEvents } from "./webhook-payloads.js";

export * from "@connectry/core/connector-webhooks";
export type {
  IntercomContactTag,
  IntercomContentStat,
  IntercomEvents,
  IntercomItem,
  IntercomNotification,
  IntercomTopic,
} from "./webhook-payloads.js";

/** Intercom's webhooks, signed with the client secret of the app. */
export const webhooks: Webhooks<IntercomEvents> = createWebhooks(intercom);
