import { type ConnectorOptions, type CredentialOf, createConnector } from "@connectry/core";
import { type GraphqlConnector, withGraphqlMethods } from "@connectry/core/graphql";
import { facts } from "./generated/facts.js";
import type { ShopifyPaths } from "./generated/paths.js";
import { strategies } from "./generated/strategies.js";
import { profile } from "./profile.js";

export * from "@connectry/core/connector";
export type { components } from "./generated/types.js";
export { facts, profile };

/** The options of `createShopify`. */
export type ShopifyOptions = ConnectorOptions<CredentialOf<typeof profile.auth>> & {
  /** The name of the shop: `example` of `example.myshopify.com`. @default that of the account which a call names */
  readonly shop?: string | undefined;
};

/** A typed client of Shopify's GraphQL Admin API. */
export type Shopify = GraphqlConnector<ShopifyPaths>;

/**
 * Creates a client of Shopify's GraphQL Admin API. Without `auth` the token is read from the environment variable
 * SHOPIFY_ACCESS_TOKEN. Throws ConfigurationError for a missing credential, a shop that is missing or does not match its pattern, an
 * unknown option or an unsafe base URL.
 */
export function createShopify(options: ShopifyOptions = {}): Shopify {
  return withGraphqlMethods(createConnector<ShopifyPaths>({ profile, facts, strategies }, options));
}
