import { type PlaidOptions, plaid } from "@connectry/core/jose";
import { createWebhooks, type Webhooks } from "@connectry/core/webhooks";
import type { PlaidEvents } from "./webhook-payloads.js";

export * from "@connectry/core/connector-webhooks";
export type { PlaidOptions as PlaidWebhookOptions } from "@connectry/core/jose";
export type { PlaidEvents } from "./webhook-payloads.js";

/**
 * Plaid's webhooks of production, whose keys are fetched with the client id of PLAID_CLIENT_ID and the secret of the API. Needs the
 * package `jose`.
 */
export const webhooks: Webhooks<PlaidEvents> = createWebhooks(plaid());

/** Those of the sandbox, or with another client id. */
export const createPlaidWebhooks = (options: PlaidOptions): Webhooks<PlaidEvents> => createWebhooks(plaid(options));
