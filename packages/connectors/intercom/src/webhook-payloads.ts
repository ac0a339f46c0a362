/**
 * What a notification is about, such as a conversation. The document does not describe it, and Intercom calls it similar to the object of the
 * API: read that by its `id`. A deletion has members that identify the object, and no others.
 */
export interface IntercomItem {
  /** `conversation`, `contact`, `company`, `ticket` ... */
  readonly type: string;
  readonly [member: string]: unknown;
}

/** A tag that a contact got or lost. */
export interface IntercomContactTag extends IntercomItem {
  readonly created_at: number;
  readonly tag: { readonly type: string; readonly id: string; readonly name: string };
  readonly contact: { readonly type: string; readonly id: string; readonly [member: string]: unknown };
}

/** What became of a message: that it was received, opened, clicked ... */
export interface IntercomContentStat extends IntercomItem {
  readonly created_at: string;
  readonly content_stat: {
    readonly content_type: string;
    /** `receipt`, `open`, `click`, `hard_bounce` ... */
    readonly stat_type: string;
    readonly [member: string]: unknown;
  };
  readonly contact: { readonly type: string; readonly id: string; readonly [member: string]: unknown };
}

/**
 * A notification: https://developers.intercom.com/docs/references/2.16/webhooks/webhook-models, which has the topics, too. Not here are
 * those that it calls topics of the preview alone.
 */
export interface IntercomNotification<Item extends IntercomItem = IntercomItem> {
  readonly type: "notification_event";
  readonly id: string;
  readonly topic: IntercomTopic;
  /** The workspace. */
  readonly app_id: string;
  /** Seconds since the epoch, as the other times. */
  readonly created_at: number;
  readonly first_sent_at: number;
  /** 1 or 2. */
  readonly delivery_attempts: number;
  readonly self?: string | null;
  readonly data: { readonly item: Item };
}

type ContactTagTopic = `contact.${"lead" | "user"}.tag.${"created" | "deleted"}`;

type ContentStatTopic =
  `content_stat.${"banner" | "carousel" | "chat" | "checklist" | "custom_bot" | "email" | "news_item" | "post" | "push" | "series" | "series.webhook" | "sms" | "survey" | "tooltip_group" | "tour"}`;

/** The topics of notifications. */
export type IntercomTopic =
  | ContactTagTopic
  | ContentStatTopic
  | `admin.${"activity_log_event.created" | "added_to_workspace" | "away_mode_updated" | "logged_in" | "logged_out" | "removed_from_workspace"}`
  | "api.request.completed"
  | `article.${"created" | "deleted" | "published" | "unpublished" | "updated"}`
  | `call.${"ended" | "recording_available" | "started" | "transcription_available"}`
  | `company.${"contact.attached" | "contact.detached" | "created" | "deleted" | "updated"}`
  | `contact.${"archived" | "deleted" | "email.updated" | "merged" | "subscribed" | "unarchive" | "unsubscribed"}`
  | `contact.lead.${"added_email" | "created" | "signed_up" | "updated"}`
  | `contact.user.${"created" | "updated"}`
  | `content_snippet.${"created" | "deleted" | "updated"}`
  | `conversation.${"company.updated" | "contact.attached" | "contact.detached" | "deleted" | "operator.replied" | "priority.updated" | "rating.added" | "read"}`
  | `conversation.admin.${"assigned" | "closed" | "noted" | "open.assigned" | "opened" | "replied" | "single.created" | "snoozed" | "unsnoozed"}`
  | `conversation.user.${"created" | "replied"}`
  | `conversation_part.${"redacted" | "tag.created"}`
  | "data_connector.execution.completed"
  | "event.created"
  | `granular.${"subscribe" | "unsubscribe"}`
  | "job.completed"
  | "ping"
  | `ticket.${"admin.assigned" | "admin.replied" | "attribute.updated" | "closed" | "contact.attached" | "contact.detached" | "contact.replied" | "created" | "note.created" | "rating.provided" | "resolved" | "state.updated" | "team.assigned"}`
  | "visitor.signed_up";

/** Notifications by their topic. */
export type IntercomEvents = Readonly<
  Record<Exclude<IntercomTopic, ContactTagTopic | ContentStatTopic>, IntercomNotification> &
    Record<ContactTagTopic, IntercomNotification<IntercomContactTag>> &
    Record<ContentStatTopic, IntercomNotification<IntercomContentStat>>
>;
