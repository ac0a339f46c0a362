import { type Connector, type ConnectorOptions, type CredentialOf, createConnector } from "@connectry/core";
import { facts } from "./generated/facts.js";
import type { DiscordPaths } from "./generated/paths.js";
import { strategies } from "./generated/strategies.js";
import { profile } from "./profile.js";

export * from "@connectry/core/connector";
export type { components } from "./generated/types.js";
export { facts, profile };

/** The options of `createDiscord`. */
export type DiscordOptions = ConnectorOptions<CredentialOf<typeof profile.auth>>;

/** A typed client for the API of Discord. */
export type Discord = Connector<DiscordPaths>;

/**
 * Creates a client for the API of Discord. Without `auth` the credential is read from the environment variable
 * DISCORD_TOKEN.
 * @throws ConfigurationError if the credential is missing, or an option is unknown or invalid.
 */
export function createDiscord(options: DiscordOptions = {}): Discord {
  return createConnector<DiscordPaths>({ profile, facts, strategies }, options);
}
