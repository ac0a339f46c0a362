import {
  type Connector,
  type ConnectorOptions,
  type CredentialOf,
  createConnector,
  type EnvironmentOption,
} from "@connectry/core";
import { facts } from "./generated/facts.js";
import type { PaypalPaths } from "./generated/paths.js";
import { strategies } from "./generated/strategies.js";
import { profile } from "./profile.js";

export * from "@connectry/core/connector";
export type { components } from "./generated/types.js";
export { facts, profile };

/** The options of `createPaypal`. */
export type PaypalOptions = ConnectorOptions<CredentialOf<typeof profile.auth>> & EnvironmentOption<typeof profile>;

/** A typed client for PayPal's Orders API. */
export type Paypal = Connector<PaypalPaths>;

/**
 * Creates a client for PayPal's Orders API. Without `auth` the credential is read from the environment variables
 * PAYPAL_CLIENT_ID and PAYPAL_CLIENT_SECRET.
 * @throws ConfigurationError if the credential is missing, or an option is unknown or invalid.
 */
export function createPaypal(options: PaypalOptions = {}): Paypal {
  return createConnector<PaypalPaths>({ profile, facts, strategies }, options);
}
