import type { WebhookRequest } from "./delivery.js";
import { createWebhookHandler, type WebhookHandler } from "./handler.js";
import type { WebhookHandlerOptions } from "./handler-options.js";
import type { WebhookScheme } from "./scheme.js";
import type { VerifyOptions } from "./verify-signature.js";
import { verifyWebhook, type WebhookDelivery } from "./verify-webhook.js";

/** The webhooks of one provider. */
export interface Webhooks<Events> {
  /** How the provider signs. */
  readonly scheme: WebhookScheme;
  /** Makes the handler of an endpoint: Request in, Response out. Throws ConfigurationError where nothing takes the events. */
  handler(options: WebhookHandlerOptions<Events>): WebhookHandler;
  /**
   * Verifies one delivery and reads its events. Throws WebhookVerificationError where the provider did not sign it, and
   * ConfigurationError where a secret is unusable.
   */
  verify(request: Request | WebhookRequest, options: VerifyOptions): Promise<WebhookDelivery<Events>>;
}

/** The webhooks of a scheme; `Events` maps the names of its events to what they carry. */
export function createWebhooks<Events = Readonly<Record<string, unknown>>>(scheme: WebhookScheme): Webhooks<Events> {
  return {
    scheme,
    handler: (options) => createWebhookHandler(scheme, options),
    verify: (request, options) => verifyWebhook<Events>(scheme, request, options),
  };
}
