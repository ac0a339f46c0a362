/**
 * One event. The document does not describe it; these fields are those of `BaseWebhookPayload` in src/api-endpoints/webhooks.ts of
 * `@notionhq/client`. It names what changed: read its content from the API.
 * https://developers.notion.com/reference/webhooks-events-delivery
 */
export interface NotionPayload {
  readonly id: string;
  readonly type: NotionEventType;
  /** By which events can be sorted: they may arrive in another order. */
  readonly timestamp: string;
  readonly workspace_id: string;
  readonly workspace_name: string;
  readonly subscription_id: string;
  readonly integration_id: string;
  readonly api_version: string;
  /** 1 to 8. */
  readonly attempt_number: number;
  readonly authors: readonly { readonly id: string; readonly type: string }[];
  /** Of public integrations alone. */
  readonly accessible_by?: readonly { readonly id: string; readonly type: string }[];
  /** What changed, such as the page. */
  readonly entity: { readonly id: string; readonly type: string };
  /** What is particular to the event; where the entity is. */
  readonly data?: {
    readonly parent?: { readonly id: string; readonly type: string };
    readonly [name: string]: unknown;
  };
}

type Changes = "content_updated" | "created" | "deleted" | "moved" | "schema_updated" | "undeleted";

/** The types of events. */
export type NotionEventType =
  | `comment.${"created" | "deleted" | "updated"}`
  | `data_source.${Changes}`
  | `database.${Changes}`
  | `file_upload.${"completed" | "created" | "expired" | "upload_failed"}`
  | `page.${"content_updated" | "created" | "deleted" | "locked" | "moved" | "properties_updated" | "undeleted" | "unlocked"}`
  | "page.transcription_block.transcript_deleted"
  | `view.${"created" | "deleted" | "updated"}`;

/** Payloads by the type of the event. */
export type NotionEvents = Readonly<Record<NotionEventType, NotionPayload>>;
