import { createWebhooks, hubspot, hubspotV1, hubspotV2, type Webhooks } from "@connectry/core/webhooks";

export { toNodeHandler, WebhookVerificationError } from "@connectry/core/webhooks";

/** One event. HubSpot's OpenAPI documents do not describe it; these fields are in the examples of its documentation. */
export interface HubspotPayload {
  readonly subscriptionType: string;
  readonly eventId: number;
  readonly subscriptionId: number;
  readonly portalId: number;
  readonly appId: number;
  readonly occurredAt: number;
  readonly attemptNumber: number;
  readonly objectId?: number;
  readonly changeSource?: string;
  readonly propertyName?: string;
  readonly propertyValue?: string;
  readonly [field: string]: unknown;
}

/** Payloads by the type of the subscription: `contact.creation`, `deal.propertyChange`. */
export interface HubspotEvents {
  readonly [subscriptionType: string]: HubspotPayload;
}

/** HubSpot's webhooks with signature v3. */
export const webhooks: Webhooks<HubspotEvents> = createWebhooks(hubspot);

/** HubSpot's webhooks with signature v1, for old apps. */
export const webhooksV1: Webhooks<HubspotEvents> = createWebhooks(hubspotV1);

/** HubSpot's webhooks with signature v2, for old workflows and cards. */
export const webhooksV2: Webhooks<HubspotEvents> = createWebhooks(hubspotV2);
