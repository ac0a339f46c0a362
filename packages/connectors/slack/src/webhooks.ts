import { createWebhooks, slack, type Webhooks } from "@connectry/core/webhooks";

export { toNodeHandler, WebhookVerificationError } from "@connectry/core/webhooks";

/** A delivery of Slack. Slack's document describes no events, so only the envelope is typed and other fields are `unknown`. */
export interface SlackPayload {
  /** `event_callback`, or the type of an interaction. */
  readonly type?: string;
  readonly team_id?: string;
  readonly api_app_id?: string;
  readonly event_id?: string;
  readonly event_time?: number;
  readonly event?: { readonly type: string; readonly [field: string]: unknown };
  readonly [field: string]: unknown;
}

/** Payloads by the type of the event (`app_mention`), the type of the interaction (`block_actions`) or the command (`/deploy`). */
export interface SlackEvents {
  readonly [type: string]: SlackPayload;
}

/** Slack's events, interactions and slash commands. */
export const webhooks: Webhooks<SlackEvents> = createWebhooks(slack);
