import { createWebhooks, twilio, type Webhooks } from "@connectry/core/webhooks";

export { toNodeHandler, WebhookVerificationError } from "@connectry/core/webhooks";

/** The fields of a form, or a JSON body. Twilio adds and removes fields without notice, so all of them are optional. */
export interface TwilioPayload {
  readonly MessageSid?: string;
  readonly CallSid?: string;
  readonly AccountSid?: string;
  readonly From?: string;
  readonly To?: string;
  readonly Body?: string;
  readonly [field: string]: unknown;
}

/** Payloads by the reported status (`delivered`, `completed`). An incoming message has no status, so its type is `unknown`. */
export interface TwilioEvents {
  readonly [status: string]: TwilioPayload;
}

/** Twilio's webhooks and status callbacks. A handler returns TwiML in a `Response`. */
export const webhooks: Webhooks<TwilioEvents> = createWebhooks(twilio);
