import { type Connector, type ConnectorOptions, type CredentialOf, createConnector } from "@connectry/core";
import { facts } from "./generated/facts.js";
import type { TwilioPaths } from "./generated/paths.js";
import { strategies } from "./generated/strategies.js";
import type {
  components as api,
  components_messaging as messaging,
  components_verify as verify,
} from "./generated/types.js";
import { profile } from "./profile.js";

export * from "@connectry/core/connector";
export { facts, profile };

/** The schemas of the documents. */
export type components = api & messaging & verify;

/** The options of `createTwilio`. */
export type TwilioOptions = ConnectorOptions<CredentialOf<typeof profile.auth>>;

/** A typed client of Twilio's API, of Messaging and of Verify. */
export type Twilio = Connector<TwilioPaths>;

/**
 * Creates a client of Twilio's API, of Messaging and of Verify. Without `auth` account SID and token are read from the environment
 * variables TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN. Throws ConfigurationError for a missing credential, an unknown
 * option or an unsafe base URL.
 */
export function createTwilio(options: TwilioOptions = {}): Twilio {
  return createConnector<TwilioPaths>({ profile, facts, strategies }, options);
}
