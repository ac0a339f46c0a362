import { type Connector, type ConnectorOptions, type CredentialOf, createConnector } from "@connectry/core";
import { facts } from "./generated/facts.js";
import type { ResendPaths } from "./generated/paths.js";
import { strategies } from "./generated/strategies.js";
import { profile } from "./profile.js";

export * from "@connectry/core/connector";
export type { components } from "./generated/types.js";
export { facts, profile };

/** The options of `createResend`. */
export type ResendOptions = ConnectorOptions<CredentialOf<typeof profile.auth>>;

/** A typed client for the API of Resend. */
export type Resend = Connector<ResendPaths>;

/**
 * Creates a client for the API of Resend. Without `auth` the credential is read from the environment variable
 * RESEND_API_KEY.
 * @throws ConfigurationError if the credential is missing, or an option is unknown or invalid.
 */
export function createResend(options: ResendOptions = {}): Resend {
  return createConnector<ResendPaths>({ profile, facts, strategies }, options);
}
