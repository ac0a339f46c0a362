import {
  type Connector,
  type ConnectorOptions,
  type CredentialOf,
  createConnector,
  type EnvironmentOption,
} from "@connectry/core";
import { facts } from "./generated/facts.js";
import type { PlaidPaths } from "./generated/paths.js";
import { strategies } from "./generated/strategies.js";
import { profile } from "./profile.js";

export * from "@connectry/core/connector";
export type { components } from "./generated/types.js";
export { facts, profile };

/** The options of `createPlaid`. */
export type PlaidOptions = ConnectorOptions<CredentialOf<typeof profile.auth>> & EnvironmentOption<typeof profile>;

/** A typed client for the API of Plaid. */
export type Plaid = Connector<PlaidPaths>;

/**
 * Creates a client for the API of Plaid. Without `auth` the credential is read from the environment variables
 * PLAID_CLIENT_ID and PLAID_SECRET.
 * @throws ConfigurationError if the credential is missing, or an option is unknown or invalid.
 */
export function createPlaid(options: PlaidOptions = {}): Plaid {
  return createConnector<PlaidPaths>({ profile, facts, strategies }, options);
}
