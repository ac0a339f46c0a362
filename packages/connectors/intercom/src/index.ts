import {
  type Connector,
  type ConnectorOptions,
  type CredentialOf,
  createConnector,
  type EnvironmentOption,
} from "@connectry/core";
import { facts } from "./generated/facts.js";
import type { IntercomPaths } from "./generated/paths.js";
import { strategies } from "./generated/strategies.js";
import { profile } from "./profile.js";

export * from "@connectry/core/connector";
export type { components } from "./generated/types.js";
export { facts, profile };

/** The options of `createIntercom`. */
export type IntercomOptions = ConnectorOptions<CredentialOf<typeof profile.auth>> & EnvironmentOption<typeof profile>;

/** A typed client for the API of Intercom. */
export type Intercom = Connector<IntercomPaths>;

/**
 * Creates a client for the API of Intercom. Without `auth` the credential is read from the environment variable
 * INTERCOM_API_KEY.
 * @throws ConfigurationError if the credential is missing, or an option is unknown or invalid.
 */
export function createIntercom(options: IntercomOptions = {}): Intercom {
  return createConnector<IntercomPaths>({ profile, facts, strategies }, options);
}
