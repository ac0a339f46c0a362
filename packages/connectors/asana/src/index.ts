import {
  type Connector,
  type ConnectorOptions,
  type CredentialOf,
  createConnector,
  type UnwrapOption,
  type UnwrappedPaths,
} from "@connectry/core";
import { facts } from "./generated/facts.js";
import type { AsanaPaths } from "./generated/paths.js";
import { strategies } from "./generated/strategies.js";
import { profile } from "./profile.js";

export * from "@connectry/core/connector";
export type { components } from "./generated/types.js";
export { facts, profile };

/** The options of `createAsana`, besides `unwrap`. */
export type AsanaOptions = ConnectorOptions<CredentialOf<typeof profile.auth>>;

/** A typed client for the API of Asana. */
export type Asana = Connector<AsanaPaths>;

/** A client for the API of Asana with the option `unwrap`: `data` is what the envelope of a response has. */
export type UnwrappedAsana = Connector<UnwrappedPaths<AsanaPaths>>;

/**
 * Creates a client for the API of Asana. Without `auth` the credential is read from the environment variable
 * ASANA_ACCESS_TOKEN.
 * @throws ConfigurationError if the credential is missing, or an option is unknown or invalid.
 */
export function createAsana(options: AsanaOptions & UnwrapOption & { readonly unwrap: true }): UnwrappedAsana;
export function createAsana(options?: AsanaOptions & UnwrapOption & { readonly unwrap?: false | undefined }): Asana;
export function createAsana(options: AsanaOptions & UnwrapOption = {}): Asana | UnwrappedAsana {
  return createConnector<AsanaPaths>({ profile, facts, strategies }, options);
}
