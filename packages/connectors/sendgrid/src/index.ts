import {
  type Connector,
  type ConnectorOptions,
  type CredentialOf,
  createConnector,
  type EnvironmentOption,
} from "@connectry/core";
import { facts } from "./generated/facts.js";
import type { SendgridPaths } from "./generated/paths.js";
import { strategies } from "./generated/strategies.js";
import { profile } from "./profile.js";

export * from "@connectry/core/connector";
export type { components } from "./generated/types.js";
export { facts, profile };

/** The options of `createSendgrid`. */
export type SendgridOptions = ConnectorOptions<CredentialOf<typeof profile.auth>> & EnvironmentOption<typeof profile>;

/** A typed client for the API of SendGrid. */
export type Sendgrid = Connector<SendgridPaths>;

/**
 * Creates a client for the API of SendGrid. Without `auth` the credential is read from the environment variable
 * SENDGRID_API_KEY.
 * @throws ConfigurationError if the credential is missing, or an option is unknown or invalid.
 */
export function createSendgrid(options: SendgridOptions = {}): Sendgrid {
  return createConnector<SendgridPaths>({ profile, facts, strategies }, options);
}
