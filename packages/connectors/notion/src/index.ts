import { type Connector, type ConnectorOptions, type CredentialOf, createConnector } from "@connectry/core";
import { facts } from "./generated/facts.js";
import type { NotionPaths } from "./generated/paths.js";
import { strategies } from "./generated/strategies.js";
import { profile } from "./profile.js";

export * from "@connectry/core/connector";
export type { components } from "./generated/types.js";
export { facts, profile };

/** The options of `createNotion`. */
export type NotionOptions = ConnectorOptions<CredentialOf<typeof profile.auth>>;

/** A typed client for the API of Notion. */
export type Notion = Connector<NotionPaths>;

/**
 * Creates a client for the API of Notion. Without `auth` the credential is read from the environment variable
 * NOTION_TOKEN.
 * @throws ConfigurationError if the credential is missing, or an option is unknown or invalid.
 */
export function createNotion(options: NotionOptions = {}): Notion {
  return createConnector<NotionPaths>({ profile, facts, strategies }, options);
}
