import { verifyWebhook, type WebhookDelivery } from "./events/verify-webhook.js";
import type { WebhookHandler } from "./handler/endpoint.js";
import { createWebhookHandler } from "./handler/handler.js";
import type { WebhookHandlerOptions } from "./handler/handler-options.js";
import { checkScheme } from "./scheme/check-arguments.js";
import type { WebhookRequest } from "./scheme/delivery.js";
import type { WebhookScheme } from "./scheme/webhook-scheme.js";
import type { VerifyOptions } from "./signature/verify-options.js";

/** The webhooks of one provider. */
export interface Webhooks<Events> {
  /** How the provider signs its deliveries. */
  readonly scheme: WebhookScheme;
  /**
   * Creates the handler of an endpoint.
   * @throws ConfigurationError where the options have no `secrets`, no handler and no queue, or both.
   */
  handler(options: WebhookHandlerOptions<Events>): WebhookHandler;
  /**
   * Verifies one delivery and reads its events.
   * @throws WebhookVerificationError where the delivery is rejected, with the reason. ConfigurationError where
   * `secrets` contains no secret, or one in the wrong format.
   */
  verify(request: Request | WebhookRequest, options: VerifyOptions): Promise<WebhookDelivery<Events>>;
}

/**
 * The webhooks of a scheme. `Events` maps the names of its events to their payloads.
 * @throws ConfigurationError where the scheme is missing.
 */
export function createWebhooks<Events = Readonly<Record<string, unknown>>>(scheme: WebhookScheme): Webhooks<Events> {
  checkScheme(scheme);
  return {
    scheme,
    handler: (options) => createWebhookHandler(scheme, options),
    verify: (request, options) => verifyWebhook<Events>(scheme, request, options),
  };
}
