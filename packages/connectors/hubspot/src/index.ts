import { type Connector, type ConnectorOptions, type CredentialOf, createConnector } from "@connectry/core";
import { facts } from "./generated/facts.js";
import type { HubspotPaths } from "./generated/paths.js";
import { strategies } from "./generated/strategies.js";
import type {
  components_associations as associations,
  components_companies as companies,
  components_contacts as contacts,
  components_deals as deals,
  components as objects,
  components_owners as owners,
  components_properties as properties,
  components_tickets as tickets,
} from "./generated/types.js";
import { profile } from "./profile.js";

export * from "@connectry/core/connector";
export { facts, profile };

/** The schemas of the documents. */
export type components = associations & companies & contacts & deals & objects & owners & properties & tickets;

/** The options of `createHubspot`. */
export type HubspotOptions = ConnectorOptions<CredentialOf<typeof profile.auth>>;

/** A typed client of HubSpot's CRM API. */
export type Hubspot = Connector<HubspotPaths>;

/**
 * Creates a client of HubSpot's CRM API. Without `auth` the access token is read from the environment variable
 * HUBSPOT_ACCESS_TOKEN. Throws ConfigurationError for a missing credential, an unknown option or an unsafe base URL.
 */
export function createHubspot(options: HubspotOptions = {}): Hubspot {
  return createConnector<HubspotPaths>({ profile, facts, strategies }, options);
}
