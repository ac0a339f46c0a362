import { createWebhooks, shopify, shopifyEvents, type Webhooks } from "@connectry/core/webhooks";

export * from "@connectry/core/connector-webhooks";

/** The payloads of Shopify's webhooks by their topics, such as `orders/create`. No schema describes them. */
export type ShopifyEvents = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Shopify's webhooks, by topic. */
export const webhooks: Webhooks<ShopifyEvents> = createWebhooks(shopify);

/** Shopify's Events, the successor of its webhooks. */
export const events: Webhooks<ShopifyEvents> = createWebhooks(shopifyEvents);
