import { createWebhooks, hubspot, hubspotV1, hubspotV2, type Webhooks } from "@connectry/core/webhooks";
import type { HubspotEvents } from "./webhook-payloads.js";

export * from "@connectry/core/connector-webhooks";
export type { HubspotEvents, HubspotPayload, HubspotRequest, HubspotSubscriptionType } from "./webhook-payloads.js";

/** HubSpot's webhooks and the requests of UI extensions, with signature v3. */
export const webhooks: Webhooks<HubspotEvents> = createWebhooks(hubspot);

/** HubSpot's webhooks with signature v1, for old apps. */
export const webhooksV1: Webhooks<HubspotEvents> = createWebhooks(hubspotV1);

/** HubSpot's workflows and cards, with signature v2. */
export const webhooksV2: Webhooks<HubspotEvents> = createWebhooks(hubspotV2);
