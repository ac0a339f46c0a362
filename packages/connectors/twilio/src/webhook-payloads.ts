/**
 * The fields of a form or of a GET's query, or a JSON body. All of them are optional, because Twilio adds and removes fields
 * without notice; for a field that is not here, cast the payload: `payload as Record<string, unknown>`.
 * https://www.twilio.com/docs/messaging/guides/webhook-request https://www.twilio.com/docs/voice/twiml
 */
export interface TwilioPayload {
  readonly AccountSid?: string;
  readonly ApiVersion?: string;
  readonly Timestamp?: string;
  readonly ErrorCode?: string;
  readonly ErrorMessage?: string;
  readonly From?: string;
  readonly FromCity?: string;
  readonly FromState?: string;
  readonly FromZip?: string;
  readonly FromCountry?: string;
  readonly To?: string;
  readonly ToCity?: string;
  readonly ToState?: string;
  readonly ToZip?: string;
  readonly ToCountry?: string;
  readonly MessageSid?: string;
  readonly MessageStatus?: string;
  readonly SmsSid?: string;
  readonly SmsMessageSid?: string;
  readonly SmsStatus?: string;
  readonly MessagingServiceSid?: string;
  readonly Body?: string;
  readonly NumSegments?: string;
  readonly NumMedia?: string;
  readonly [media: `MediaUrl${number}` | `MediaContentType${number}`]: string | undefined;
  readonly OptOutType?: string;
  readonly ProfileName?: string;
  readonly WaId?: string;
  readonly CallSid?: string;
  readonly CallStatus?: string;
  readonly CallDuration?: string;
  readonly CallbackSource?: string;
  readonly SequenceNumber?: string;
  readonly ParentCallSid?: string;
  readonly Direction?: string;
  readonly ForwardedFrom?: string;
  readonly CallerName?: string;
  readonly AnsweredBy?: string;
  readonly Digits?: string;
  readonly FinishedOnKey?: string;
  readonly SpeechResult?: string;
  readonly Confidence?: string;
  readonly DialCallSid?: string;
  readonly DialCallStatus?: string;
  readonly DialCallDuration?: string;
  readonly ConferenceSid?: string;
  readonly FriendlyName?: string;
  readonly StatusCallbackEvent?: string;
  readonly RecordingSid?: string;
  readonly RecordingUrl?: string;
  readonly RecordingStatus?: string;
  readonly RecordingDuration?: string;
  readonly TranscriptionSid?: string;
  readonly TranscriptionEvent?: string;
  readonly TranscriptionData?: string;
  readonly TranscriptionStatus?: string;
  readonly TranscriptionText?: string;
  readonly StreamSid?: string;
  readonly StreamEvent?: string;
  readonly EventType?: string;
}

/**
 * Payloads by what their parameters name: the event (`participant-join`, `stream-started`, `onMessageAdded`), the status of a
 * message (`delivered`; `received` for an incoming one) or of a call (`ringing`), and `recording.completed`,
 * `transcription.completed` and `dial.busy`. Where they name nothing, it is `unknown`.
 */
export interface TwilioEvents {
  readonly [name: string]: TwilioPayload;
}
