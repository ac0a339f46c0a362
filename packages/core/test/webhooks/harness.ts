import {
  createWebhookHandler,
  type WebhookEvent,
  type WebhookHandlerOptions,
  type WebhookScheme,
} from "../../src/webhooks/index.js";

type Options = WebhookHandlerOptions<Record<string, unknown>>;

/** The secret of the deliveries in these tests. */
export const secret = "whsec_test";
/** The event that is delivered. */
export const paid = { id: "evt_1", type: "invoice.paid", data: { object: { id: "in_1" } } };

/** A handler, the events that it processed, and the errors that it reported. */
export function harness(scheme: WebhookScheme, options: Partial<Options> = {}) {
  const processed: WebhookEvent[] = [];
  const errors: unknown[] = [];
  const handler = createWebhookHandler(scheme, {
    secrets: secret,
    onError: (error) => void errors.push(error),
    ...(options.queue || options.on ? {} : { otherwise: (event) => void processed.push(event) }),
    ...options,
  });
  return { handler, processed, errors };
}
