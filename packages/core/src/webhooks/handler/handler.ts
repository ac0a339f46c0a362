import { parseWebhook } from "../events/verify-webhook.js";
import { checkSecrets } from "../scheme/check-arguments.js";
import type { WebhookScheme } from "../scheme/webhook-scheme.js";
import { verifyDelivery } from "../signature/verify-signature.js";
import { type AcceptDelivery, createEndpoint, type WebhookHandler } from "./endpoint.js";
import type { WebhookHandlerOptions } from "./handler-options.js";
import { respondToHandshake, respondToUnsigned } from "./handshake.js";

/**
 * Creates the handler of an endpoint. It responds with 2xx when the events were processed or queued, 401 where the
 * signature is missing, malformed or wrong, 400 where a signed body is malformed, 413 where it is too large, 409 while another
 * caller processes the same event, and 5xx where a handler, the queue or the inbox failed. The provider delivers again
 * after 409 and 5xx.
 * @throws ConfigurationError where the options have no `secrets`, no handler and no queue, or both.
 */
export function createWebhookHandler<Events>(
  scheme: WebhookScheme,
  options: WebhookHandlerOptions<Events>,
): WebhookHandler {
  checkSecrets(scheme, options);
  const accept: AcceptDelivery = async (delivery, onVerified) => {
    const unsigned = respondToUnsigned(delivery, { scheme, onSecret: options.onSecret });
    if (unsigned) return { kind: "handshake", response: unsigned, signedAtMs: undefined };
    let secret = "";
    const onMatch = (matching: string) => {
      secret = matching;
    };
    const verified = await verifyDelivery(scheme, delivery, { ...options, onMatch });
    onVerified();
    const { payload, events } = await parseWebhook<Readonly<Record<string, unknown>>>(scheme, verified, options);
    const { signedAtMs } = verified;
    const response = respondToHandshake(scheme, payload, secret);
    return response ? { kind: "handshake", response, signedAtMs } : { kind: "events", events, signedAtMs };
  };
  return createEndpoint(scheme, options, accept);
}
