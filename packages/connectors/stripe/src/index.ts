import { type Connector, type ConnectorOptions, type CredentialOf, createConnector } from "@connectry/core";
import { facts } from "./generated/facts.js";
import type { StripePaths } from "./generated/paths.js";
import { strategies } from "./generated/strategies.js";
import { profile } from "./profile.js";

export * from "@connectry/core/connector";
export type { components } from "./generated/types.js";
export { facts, profile };

/** The options of `createStripe`. */
export type StripeOptions = ConnectorOptions<CredentialOf<typeof profile.auth>>;

/** A typed client of Stripe's API. */
export type Stripe = Connector<StripePaths>;

/**
 * Creates a client of Stripe's API. Without `auth` the key is read from the environment variable STRIPE_SECRET_KEY.
 * Throws ConfigurationError for a missing key, an unknown option or an unsafe base URL.
 */
export function createStripe(options: StripeOptions = {}): Stripe {
  return createConnector<StripePaths>({ profile, facts, strategies }, options);
}
