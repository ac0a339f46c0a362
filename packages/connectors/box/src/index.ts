import { type Connector, type ConnectorOptions, type CredentialOf, createConnector } from "@connectry/core";
import type { TokenExchangeOptions } from "@connectry/core/oauth";
import { facts } from "./generated/facts.js";
import type { BoxPaths } from "./generated/paths.js";
import { strategies } from "./generated/strategies.js";
import { profile } from "./profile.js";

export * from "@connectry/core/connector";
export type { components } from "./generated/types.js";
export { facts, profile };

/** The options of `createBox`. */
export type BoxOptions = ConnectorOptions<CredentialOf<typeof profile.auth>> & TokenExchangeOptions;

/** A typed client for the API of Box. */
export type Box = Connector<BoxPaths>;

/**
 * Creates a client for the API of Box. Without `auth` the credential is read from the environment variables
 * BOX_CLIENT_ID, BOX_CLIENT_SECRET and BOX_SUBJECT_ID, and BOX_SUBJECT_TYPE where that is not an enterprise.
 * @throws ConfigurationError if the credential is missing, or an option is unknown or invalid.
 */
export function createBox(options: BoxOptions = {}): Box {
  return createConnector<BoxPaths>({ profile, facts, strategies }, options);
}
