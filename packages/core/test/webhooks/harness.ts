import {
  createWebhookHandler,
  type WebhookEvent,
  type WebhookHandlerOptions,
  type WebhookScheme,
} from "../../src/webhooks/index.js";

type Options = WebhookHandlerOptions<Record<string, unknown>>;

/** What the deliveries of these tests are signed with. */
export const secret = "whsec_test";
/** What is delivered. */
export const paid = { id: "evt_1", type: "invoice.paid", data: { object: { id: "in_1" } } };

/** A handler, what it worked on, and what it reported. */
export function harness(scheme: WebhookScheme, options: Partial<Options> = {}) {
  const worked: WebhookEvent[] = [];
  const errors: unknown[] = [];
  const handler = createWebhookHandler(scheme, {
    secrets: secret,
    onError: (error) => void errors.push(error),
    ...(options.queue || options.on ? {} : { otherwise: (event) => void worked.push(event) }),
    ...options,
  });
  return { handler, worked, errors };
}
