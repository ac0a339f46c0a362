import { type Connector, type ConnectorOptions, type CredentialOf, createConnector } from "@connectry/core";
import { facts } from "./generated/facts.js";
import type { GoogleAnalyticsPaths } from "./generated/paths.js";
import { strategies } from "./generated/strategies.js";
import { profile } from "./profile.js";

export * from "@connectry/core/connector";
export type { components } from "./generated/types.js";
export { facts, profile };

/** The options of `createGoogleAnalytics`. */
export type GoogleAnalyticsOptions = ConnectorOptions<CredentialOf<typeof profile.auth>>;

/** A typed client for the API of Google Analytics Data. */
export type GoogleAnalytics = Connector<GoogleAnalyticsPaths>;

/**
 * Creates a client for the API of Google Analytics Data. Without `auth` the credential is read from the environment variable
 * GOOGLE_ANALYTICS_TOKEN.
 * @throws ConfigurationError if the credential is missing, or an option is unknown or invalid.
 */
export function createGoogleAnalytics(options: GoogleAnalyticsOptions = {}): GoogleAnalytics {
  return createConnector<GoogleAnalyticsPaths>({ profile, facts, strategies }, options);
}
