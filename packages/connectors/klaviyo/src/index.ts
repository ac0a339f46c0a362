import { type Connector, type ConnectorOptions, type CredentialOf, createConnector } from "@connectry/core";
import { facts } from "./generated/facts.js";
import type { KlaviyoPaths } from "./generated/paths.js";
import { strategies } from "./generated/strategies.js";
import { profile } from "./profile.js";

export * from "@connectry/core/connector";
export type { components } from "./generated/types.js";
export { facts, profile };

/** The options of `createKlaviyo`. */
export type KlaviyoOptions = ConnectorOptions<CredentialOf<typeof profile.auth>>;

/** A typed client for the API of Klaviyo. */
export type Klaviyo = Connector<KlaviyoPaths>;

/**
 * Creates a client for the API of Klaviyo. Without `auth` the credential is read from the environment variable
 * KLAVIYO_API_KEY.
 * @throws ConfigurationError if the credential is missing, or an option is unknown or invalid.
 */
export function createKlaviyo(options: KlaviyoOptions = {}): Klaviyo {
  return createConnector<KlaviyoPaths>({ profile, facts, strategies }, options);
}
