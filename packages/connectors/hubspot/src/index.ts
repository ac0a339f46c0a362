import { type Connector, type ConnectorOptions, type CredentialOf, createConnector } from "@connectry/core";
import { facts } from "./generated/facts.js";
import type { HubspotPaths } from "./generated/paths.js";
import { profile } from "./profile.js";

export {
  ApiError,
  AuthenticationError,
  BadRequestError,
  ConfigurationError,
  ConflictError,
  ConnectryError,
  InternalServerError,
  NetworkError,
  NotFoundError,
  OutcomeUnknownError,
  PermissionDeniedError,
  RateLimitError,
  TimeoutError,
  UnprocessableEntityError,
} from "@connectry/core";
export type { components as CompaniesComponents } from "./generated/schemas/companies.js";
export type { components as ContactsComponents } from "./generated/schemas/contacts.js";
export type { components as DealsComponents } from "./generated/schemas/deals.js";
export type { components as ObjectsComponents } from "./generated/schemas/objects.js";
export type { components as TicketsComponents } from "./generated/schemas/tickets.js";
export { facts, profile };

/** What `createHubspot` takes. */
export type HubspotOptions = ConnectorOptions<CredentialOf<typeof profile.auth>>;

/** A typed client of HubSpot's CRM API. */
export type Hubspot = Connector<HubspotPaths>;

/**
 * Makes a client of HubSpot's CRM API. Without `auth` the access token is read from the environment variable
 * HUBSPOT_ACCESS_TOKEN. Throws ConfigurationError for a missing credential, an unknown option or an unsafe base URL.
 */
export function createHubspot(options: HubspotOptions = {}): Hubspot {
  return createConnector<HubspotPaths>(profile, facts, options);
}
