import { type Connector, type ConnectorOptions, type CredentialOf, createConnector } from "@connectry/core";
import { facts } from "./generated/facts.js";
import type { OpenaiPaths } from "./generated/paths.js";
import { strategies } from "./generated/strategies.js";
import { profile } from "./profile.js";

export * from "@connectry/core/connector";
export type { components } from "./generated/types.js";
export { facts, profile };

/** The options of `createOpenai`. */
export type OpenaiOptions = ConnectorOptions<CredentialOf<typeof profile.auth>>;

/** A typed client for the API of OpenAI. */
export type Openai = Connector<OpenaiPaths>;

/**
 * Creates a client for the API of OpenAI. Without `auth` the credential is read from the environment variable
 * OPENAI_API_KEY.
 * @throws ConfigurationError if the credential is missing, or an option is unknown or invalid.
 */
export function createOpenai(options: OpenaiOptions = {}): Openai {
  return createConnector<OpenaiPaths>({ profile, facts, strategies }, options);
}
