import { createWebhooks, twilio, type Webhooks } from "@connectry/core/webhooks";

export { toNodeHandler, WebhookVerificationError } from "@connectry/core/webhooks";

/** The fields of a form, or a JSON body. Twilio adds fields without notice, so none is promised. */
export interface TwilioPayload {
  readonly MessageSid?: string;
  readonly CallSid?: string;
  readonly AccountSid?: string;
  readonly From?: string;
  readonly To?: string;
  readonly Body?: string;
  readonly [field: string]: unknown;
}

/** By the state that is told (`delivered`, `completed`); what has none, such as a message that came in, is `unknown`. */
export interface TwilioEvents {
  readonly [status: string]: TwilioPayload;
}

/** Twilio's webhooks and status callbacks. A handler that answers with TwiML returns it as a Response. */
export const webhooks: Webhooks<TwilioEvents> = createWebhooks(twilio);
