import { type Connector, type ConnectorOptions, type CredentialOf, createConnector } from "@connectry/core";
import { facts } from "./generated/facts.js";
import type { SlackPaths } from "./generated/paths.js";
import { strategies } from "./generated/strategies.js";
import { profile } from "./profile.js";

export * from "@connectry/core/connector";
export type { components } from "./generated/types.js";
export { facts, profile };

/** The options of `createSlack`. */
export type SlackOptions = ConnectorOptions<CredentialOf<typeof profile.auth>>;

/** A typed client of Slack's Web API. */
export type Slack = Connector<SlackPaths>;

/**
 * Creates a client of Slack's Web API. Without `auth` the token is read from the environment variable SLACK_BOT_TOKEN.
 * Throws ConfigurationError for a missing credential, an unknown option or an unsafe base URL.
 */
export function createSlack(options: SlackOptions = {}): Slack {
  return createConnector<SlackPaths>({ profile, facts, strategies }, options);
}
