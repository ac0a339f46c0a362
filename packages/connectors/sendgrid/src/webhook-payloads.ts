/**
 * An event of an email. All fields are optional, because each type has some of them, and unique arguments of the email are fields of it,
 * too: cast the payload for those, `payload as Record<string, unknown>`.
 * https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/event
 */
export interface SendgridPayload {
  readonly email?: string;
  /** Seconds since the epoch. */
  readonly timestamp?: number;
  readonly event?: string;
  readonly "smtp-id"?: string;
  /** Names the event: a delivery that is sent again has the same. */
  readonly sg_event_id?: string;
  readonly sg_message_id?: string;
  readonly category?: string | readonly string[];
  readonly pool?: { readonly name: string; readonly id: number };
  readonly reason?: string;
  readonly status?: string;
  readonly response?: string;
  readonly attempt?: string;
  readonly useragent?: string;
  readonly ip?: string;
  readonly url?: string;
  readonly asm_group_id?: number;
  /** Of an event `bounce`: the receiving server refused for good, or for now. */
  readonly type?: "bounce" | "blocked";
  /** 1 where the email was sent over TLS. */
  readonly tls?: number;
}

/** The events of emails by their type. */
export interface SendgridEvents {
  readonly processed: SendgridPayload;
  readonly dropped: SendgridPayload;
  readonly delivered: SendgridPayload;
  readonly deferred: SendgridPayload;
  readonly bounce: SendgridPayload;
  readonly open: SendgridPayload;
  readonly click: SendgridPayload;
  readonly spamreport: SendgridPayload;
  readonly unsubscribe: SendgridPayload;
  readonly group_unsubscribe: SendgridPayload;
  readonly group_resubscribe: SendgridPayload;
}
