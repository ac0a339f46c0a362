import {
  type Connector,
  type ConnectorOptions,
  type CredentialOf,
  createConnector,
  type EnvironmentOption,
  type VariableOptions,
} from "@connectry/core";
import { facts } from "./generated/facts.js";
import type { AdyenPaths } from "./generated/paths.js";
import { strategies } from "./generated/strategies.js";
import { profile } from "./profile.js";

export * from "@connectry/core/connector";
export type { components } from "./generated/types.js";
export { facts, profile };

/** The options of `createAdyen`. The live environment also needs `prefix`, that of the live endpoints of the account. */
export type AdyenOptions = ConnectorOptions<CredentialOf<typeof profile.auth>> &
  EnvironmentOption<typeof profile> &
  VariableOptions<typeof profile>;

/** A typed client for Adyen's Checkout API. */
export type Adyen = Connector<AdyenPaths>;

/**
 * Creates a client for Adyen's Checkout API. Without `auth` the credential is read from the environment variable
 * ADYEN_API_KEY.
 * @throws ConfigurationError if the credential or the prefix is missing, or an option is unknown or invalid.
 */
export function createAdyen(options: AdyenOptions = {}): Adyen {
  return createConnector<AdyenPaths>({ profile, facts, strategies }, options);
}
