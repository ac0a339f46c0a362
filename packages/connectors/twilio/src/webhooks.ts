import { createWebhooks, twilio, twilioSharedKey, type Webhooks } from "@connectry/core/webhooks";
import type { TwilioEvents } from "./webhook-payloads.js";

export * from "@connectry/core/connector-webhooks";
export type { TwilioEvents, TwilioPayload } from "./webhook-payloads.js";

/** Twilio's webhooks and status callbacks, signed with the account's auth token. A handler returns TwiML in a `Response`. */
export const webhooks: Webhooks<TwilioEvents> = createWebhooks(twilio);

/** Twilio's webhooks to URLs that a rule signs with a shared key and HMAC_SHA256. */
export const webhooksSharedKey: Webhooks<TwilioEvents> = createWebhooks(twilioSharedKey);
