/** One event: https://developer.box.com/guides/webhooks/v2#payload-body. The document does not describe it. */
export interface BoxPayload {
  readonly type: "webhook_event";
  /** The same in each delivery of the event. */
  readonly id: string;
  readonly created_at: string;
  readonly trigger: BoxEventType;
  readonly webhook: { readonly id: string; readonly type: string };
  /** The user with the id 2 is somebody who was not logged in. */
  readonly created_by?: { readonly type: string; readonly id: string; readonly name?: string; readonly login?: string };
  /** What the event is about, such as the file, with all its fields. */
  readonly source?: { readonly id: string; readonly type: string; readonly [name: string]: unknown };
  /** Such as the reason for which a webhook was deleted. */
  readonly additional_info?: unknown;
}

type Metadata = "CREATED" | "DELETED" | "UPDATED";
type FileOrFolder = "COPIED" | "DELETED" | "DOWNLOADED" | "MOVED" | "RENAMED" | "RESTORED" | "TRASHED";

/**
 * The types of events: https://developer.box.com/guides/webhooks/triggers, and of sign requests also those that the document has for
 * `triggers` of a webhook. `NO_ACTIVE_SESSION` is that of a webhook whose token has expired: .../guides/webhooks/v2/limitations-v2
 */
export type BoxEventType =
  | `COLLABORATION.${"ACCEPTED" | "CREATED" | "REJECTED" | "REMOVED" | "UPDATED"}`
  | `COMMENT.${Metadata}`
  | `DOCGEN_DOCUMENT_GENERATION_${"FAILED" | "STARTED" | "SUCCEEDED"}`
  | `FILE.${FileOrFolder | "LOCKED" | "PREVIEWED" | "UNLOCKED" | "UPLOADED"}`
  | `FOLDER.${FileOrFolder | "CREATED"}`
  | `METADATA_INSTANCE.${Metadata}`
  | `SHARED_LINK.${Metadata}`
  | `SIGN_REQUEST.${"COMPLETED" | "DECLINED" | "EXPIRED" | "SIGNER_EMAIL_BOUNCED"}`
  | `SIGN_REQUEST.${"ERROR_FINALIZING" | "SIGNATURE_REQUESTED" | "SIGNER_SIGNED"}`
  | `SIGN_REQUEST.${"SIGN_DOCUMENT_CREATED" | "SIGN_ERROR_FINALIZING" | "SIGN_SIGNER_SIGNED"}`
  | `TASK_ASSIGNMENT.${"CREATED" | "UPDATED"}`
  | "WEBHOOK.DELETED"
  | "NO_ACTIVE_SESSION";

/** Payloads by the type of the event. */
export type BoxEvents = Readonly<Record<BoxEventType, BoxPayload>>;
