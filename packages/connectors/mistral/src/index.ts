import {
  type Connector,
  type ConnectorOptions,
  type CredentialOf,
  createConnector,
  type EnvironmentOption,
} from "@connectry/core";
import { facts } from "./generated/facts.js";
import type { MistralPaths } from "./generated/paths.js";
import { strategies } from "./generated/strategies.js";
import { profile } from "./profile.js";

export * from "@connectry/core/connector";
export type { components } from "./generated/types.js";
export { facts, profile };

/** The options of `createMistral`. */
export type MistralOptions = ConnectorOptions<CredentialOf<typeof profile.auth>> & EnvironmentOption<typeof profile>;

/** A typed client for the API of Mistral. */
export type Mistral = Connector<MistralPaths>;

/**
 * Creates a client for the API of Mistral. Without `auth` the credential is read from the environment variable
 * MISTRAL_API_KEY.
 * @throws ConfigurationError if the credential is missing, or an option is unknown or invalid.
 */
export function createMistral(options: MistralOptions = {}): Mistral {
  return createConnector<MistralPaths>({ profile, facts, strategies }, options);
}
