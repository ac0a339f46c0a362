import type { GetEventResponseCompoundDocument } from "./generated/types.js";

/**
 * One event of a delivery, which the document does not describe: https://developers.klaviyo.com/en/docs/working_with_system_webhooks. `payload` is
 * what `GET /api/events/{id}` responds.
 */
export interface KlaviyoEvent {
  /** The id of the event. */
  readonly external_id: string;
  readonly topic: KlaviyoTopic;
  readonly payload: GetEventResponseCompoundDocument;
}

type Email =
  | "bounced_email"
  | "clicked_email"
  | "dropped_email"
  | "manually_suppressed_from_email_marketing"
  | "manually_unsuppressed_from_email_marketing"
  | "marked_email_as_spam"
  | "opened_email"
  | "received_email"
  | "subscribed_to_email_marketing"
  | "unsubscribed_from_email_marketing"
  | "updated_email_preferences";

type Sms =
  | "clicked_sms"
  | "failed_to_deliver_automated_response_sms"
  | "failed_to_deliver_sms"
  | "received_automated_response_sms"
  | "received_sms"
  | "sent_sms"
  | "subscribed_to_sms_marketing"
  | "unsubscribed_from_sms_marketing";

type Push = "bounced_push" | "opened_push" | "received_push";

type Review = "ready_to_review" | "submitted_rating" | "submitted_review";

/**
 * The topics of Klaviyo's own events; `GET /api/webhook-topics` lists those of the account. All but `sent_sms`, which the document has, are
 * unconfirmed: third parties read them from the page above.
 */
export type KlaviyoTopic = `event:klaviyo.${Email | Push | Review | Sms}`;

/** Payloads by the topic of the event. */
export type KlaviyoEvents = Readonly<Record<KlaviyoTopic, KlaviyoEvent>>;
