import { platformDigests } from "../crypto/platform-digests.js";
import { parseBody } from "../delivery/parse-body.js";
import type { WebhookRequest } from "../scheme/delivery.js";
import type { WebhookScheme } from "../scheme/webhook-scheme.js";
import type { VerifyOptions } from "../signature/verify-options.js";
import { type VerifiedDelivery, verifySignature } from "../signature/verify-signature.js";
import type { EventOf } from "./event.js";
import { readEvents } from "./read-events.js";

/** A verified delivery with its parsed body and its events. */
export interface WebhookDelivery<Events = Readonly<Record<string, unknown>>> extends VerifiedDelivery {
  /** The whole parsed body: JSON, or the fields of a form. */
  readonly payload: unknown;
  /** One event, or several where the provider sends lists of events. */
  readonly events: readonly EventOf<Events>[];
}

/**
 * Verifies a delivery and reads its events.
 * @throws WebhookVerificationError where the delivery is rejected, with the reason. ConfigurationError where `secrets`
 * contains no secret, or one in the wrong format.
 */
export async function verifyWebhook<Events = Readonly<Record<string, unknown>>>(
  scheme: WebhookScheme,
  request: Request | WebhookRequest,
  options: VerifyOptions,
): Promise<WebhookDelivery<Events>> {
  return parseWebhook(scheme, await verifySignature(scheme, request, options), options);
}

/**
 * Parses a verified delivery, and reads its events.
 * @throws WebhookVerificationError `malformed` where the body is not what the scheme describes.
 */
export async function parseWebhook<Events>(
  scheme: WebhookScheme,
  { delivery, signedAtMs }: VerifiedDelivery,
  { digests = platformDigests() }: Pick<VerifyOptions, "digests">,
): Promise<WebhookDelivery<Events>> {
  const parsed = { delivery, signedAtMs, payload: parseBody(scheme, delivery) };
  const events = await readEvents(scheme, parsed, digests);
  return { ...parsed, events: events as readonly unknown[] as readonly EventOf<Events>[] };
}
