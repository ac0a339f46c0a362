import { type Connector, type ConnectorOptions, type CredentialOf, createConnector } from "@connectry/core";
import { facts } from "./generated/facts.js";
import type { SlackPaths } from "./generated/paths.js";
import { strategies } from "./generated/strategies.js";
import { profile } from "./profile.js";

export {
  ApiError,
  AuthenticationError,
  BadRequestError,
  CircuitOpenError,
  ConfigurationError,
  ConflictError,
  ConnectryError,
  circuitBreaker,
  InternalServerError,
  NetworkError,
  NotFoundError,
  OutcomeUnknownError,
  PermissionDeniedError,
  QuotaExceededError,
  RateLimitError,
  TimeoutError,
  toFetch,
  UnprocessableEntityError,
} from "@connectry/core";
export type { components } from "./generated/schemas/slack.js";
export { facts, profile };

/** What `createSlack` takes. */
export type SlackOptions = ConnectorOptions<CredentialOf<typeof profile.auth>>;

/** A typed client of Slack's Web API. */
export type Slack = Connector<SlackPaths>;

/**
 * Makes a client of Slack's Web API. Without `auth` the token is read from the environment variable SLACK_BOT_TOKEN.
 * Throws ConfigurationError for a missing credential, an unknown option or an unsafe base URL.
 */
export function createSlack(options: SlackOptions = {}): Slack {
  return createConnector<SlackPaths>(profile, facts, strategies, options);
}
