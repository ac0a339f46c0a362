/** The event of a delivery of the Events API. Its other fields depend on its type. https://docs.slack.dev/reference/events */
export interface SlackEvent {
  readonly type: string;
  readonly subtype?: string;
  readonly event_ts?: string;
  /** Its id, or in `team_join` and `user_change` the whole user. */
  readonly user?: unknown;
  /** Its id, or in `channel_created` and `channel_rename` the whole channel. */
  readonly channel?: unknown;
  readonly channel_type?: string;
  readonly ts?: string;
  readonly thread_ts?: string;
  readonly text?: string;
  readonly bot_id?: string;
  readonly item?: unknown;
  readonly reaction?: string;
}

/**
 * The fields that Slack documents for its envelope, interactions and commands. Slack's OpenAPI document describes no
 * events; for a field that is not here, cast the payload: `payload as Record<string, unknown>`.
 * https://docs.slack.dev/apis/events-api https://docs.slack.dev/reference/interaction-payloads
 * https://docs.slack.dev/interactivity/implementing-slash-commands
 */
export interface SlackPayload {
  /** `event_callback`, or the type of an interaction. */
  readonly type?: string;
  readonly team_id?: string;
  readonly api_app_id?: string;
  readonly event_id?: string;
  readonly event_time?: number;
  readonly event_context?: string;
  readonly authorizations?: unknown;
  readonly event?: SlackEvent;
  readonly user?: {
    readonly id: string;
    readonly username?: string;
    readonly name?: string;
    readonly team_id?: string;
  };
  readonly team?: { readonly id: string; readonly domain?: string } | null;
  readonly channel?: { readonly id: string; readonly name?: string };
  readonly trigger_id?: string;
  readonly response_url?: string;
  readonly actions?: readonly {
    readonly type?: string;
    readonly action_id?: string;
    readonly block_id?: string;
    readonly value?: string;
    readonly action_ts?: string;
  }[];
  readonly callback_id?: string;
  readonly action_id?: string;
  readonly block_id?: string;
  readonly value?: string;
  readonly view?: unknown;
  readonly message?: unknown;
  readonly container?: unknown;
  readonly state?: unknown;
  readonly command?: string;
  readonly text?: string;
  readonly user_id?: string;
  readonly user_name?: string;
  readonly channel_id?: string;
  readonly channel_name?: string;
  readonly team_domain?: string;
  readonly enterprise_id?: string;
  readonly enterprise_name?: string;
}

/** Payloads by the type of the event (`app_mention`), the type of the interaction (`block_actions`) or the command (`/deploy`). */
export interface SlackEvents {
  readonly [type: string]: SlackPayload;
}
