import type { WebhookRequest } from "./delivery.js";
import type { EventOf } from "./event.js";
import { parseBody } from "./parse-body.js";
import { platformDigests } from "./platform-digests.js";
import { readEvents } from "./read-events.js";
import type { WebhookScheme } from "./scheme.js";
import { type VerifiedDelivery, type VerifyOptions, verifySignature } from "./verify-signature.js";

/** A verified delivery and what it says. */
export interface WebhookDelivery<Events = Readonly<Record<string, unknown>>> extends VerifiedDelivery {
  /** The whole body: JSON, or the fields of a form. */
  readonly payload: unknown;
  /** One event; as many as it holds where the provider sends lists. */
  readonly events: readonly EventOf<Events>[];
}

/**
 * Verifies a delivery and reads its events.
 * @throws WebhookVerificationError where its provider did not sign it, or it cannot be read; ConfigurationError where
 * a secret is unusable.
 */
export async function verifyWebhook<Events = Readonly<Record<string, unknown>>>(
  scheme: WebhookScheme,
  request: Request | WebhookRequest,
  options: VerifyOptions,
): Promise<WebhookDelivery<Events>> {
  const verified = await verifySignature(scheme, request, options);
  const payload = parseBody(scheme, verified.delivery);
  const events = await readEvents(scheme, verified, payload, options.digests ?? platformDigests());
  return { ...verified, payload, events: events as readonly unknown[] as readonly EventOf<Events>[] };
}
