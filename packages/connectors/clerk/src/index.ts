import {
  type Connector,
  type ConnectorOptions,
  type CredentialOf,
  createConnector,
  type EnvironmentOption,
} from "@connectry/core";
import { facts } from "./generated/facts.js";
import type { ClerkPaths } from "./generated/paths.js";
import { strategies } from "./generated/strategies.js";
import { profile } from "./profile.js";

export * from "@connectry/core/connector";
export type { components } from "./generated/types.js";
export { facts, profile };

/** The options of `createClerk`. */
export type ClerkOptions = ConnectorOptions<CredentialOf<typeof profile.auth>> & EnvironmentOption<typeof profile>;

/** A typed client for the Backend API of Clerk. */
export type Clerk = Connector<ClerkPaths>;

/**
 * Creates a client for the Backend API of Clerk. Without `auth` the credential is read from the environment variable
 * CLERK_SECRET_KEY.
 * @throws ConfigurationError if the credential is missing, or an option is unknown or invalid.
 */
export function createClerk(options: ClerkOptions = {}): Clerk {
  return createConnector<ClerkPaths>({ profile, facts, strategies }, options);
}
