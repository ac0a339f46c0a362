import { type Connector, type ConnectorOptions, type CredentialOf, createConnector } from "@connectry/core";
import { facts } from "./generated/facts.js";
import type { FigmaPaths } from "./generated/paths.js";
import { strategies } from "./generated/strategies.js";
import { profile } from "./profile.js";

export * from "@connectry/core/connector";
export type { components } from "./generated/types.js";
export { facts, profile };

/** The options of `createFigma`. */
export type FigmaOptions = ConnectorOptions<CredentialOf<typeof profile.auth>>;

/** A typed client for the API of Figma. */
export type Figma = Connector<FigmaPaths>;

/**
 * Creates a client for the API of Figma. Without `auth` the credential is read from the environment variable
 * FIGMA_TOKEN.
 * @throws ConfigurationError if the credential is missing, or an option is unknown or invalid.
 */
export function createFigma(options: FigmaOptions = {}): Figma {
  return createConnector<FigmaPaths>({ profile, facts, strategies }, options);
}
