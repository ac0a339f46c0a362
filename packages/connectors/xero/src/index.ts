import { type Connector, type ConnectorOptions, type CredentialOf, createConnector } from "@connectry/core";
import type { TokenExchangeOptions } from "@connectry/core/oauth";
import { facts } from "./generated/facts.js";
import type { XeroPaths } from "./generated/paths.js";
import { strategies } from "./generated/strategies.js";
import { profile } from "./profile.js";

export * from "@connectry/core/connector";
export type { components } from "./generated/types.js";
export { facts, profile };

/** The options of `createXero`. */
export type XeroOptions = ConnectorOptions<CredentialOf<typeof profile.auth>> & TokenExchangeOptions;

/** A typed client for the Accounting API of Xero. */
export type Xero = Connector<XeroPaths>;

/**
 * Creates a client for the Accounting API of Xero. Without `auth` the credential is read from the environment variables
 * XERO_CLIENT_ID and XERO_CLIENT_SECRET, and its scopes from XERO_SCOPES.
 * @throws ConfigurationError if the credential is missing, or an option is unknown or invalid.
 */
export function createXero(options: XeroOptions = {}): Xero {
  return createConnector<XeroPaths>({ profile, facts, strategies }, options);
}
