import { type WebhookRefusal, WebhookVerificationError } from "../errors/webhook-verification-error.js";
import type { WebhookScheme } from "./scheme.js";

/** The error of a delivery that is not accepted; the provider's name goes in front. */
export function refusal(scheme: WebhookScheme, reason: WebhookRefusal, message: string): WebhookVerificationError {
  return new WebhookVerificationError(`${scheme.name}: ${message}`, { reason, scheme: scheme.id });
}
