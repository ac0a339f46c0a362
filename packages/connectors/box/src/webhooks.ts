import { box, createWebhooks, type Webhooks } from "@connectry/core/webhooks";
import type { BoxEvents } from "./webhook-payloads.js";

export * from "@connectry/core/connector-webhooks";
export type { BoxEvents, BoxEventType, BoxPayload } from "./webhook-payloads.js";

/** Box's webhooks V2, signed with the two signature keys of the app. */
export const webhooks: Webhooks<BoxEvents> = createWebhooks(box);
