import { createWebhooks, slack, type Webhooks } from "@connectry/core/webhooks";
import type { SlackEvents } from "./webhook-payloads.js";

export * from "@connectry/core/connector-webhooks";
export type { SlackEvent, SlackEvents, SlackPayload } from "./webhook-payloads.js";

/** Slack's events, interactions and slash commands. */
export const webhooks: Webhooks<SlackEvents> = createWebhooks(slack);
