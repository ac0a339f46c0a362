import { type Connector, type ConnectorOptions, type CredentialOf, createConnector } from "@connectry/core";
import { type GraphqlMethods, graphqlMethods } from "@connectry/core/graphql";
import { facts } from "./generated/facts.js";
import type { GithubPaths } from "./generated/paths.js";
import { strategies } from "./generated/strategies.js";
import { profile } from "./profile.js";

export * from "@connectry/core/connector";
export type { components } from "./generated/types.js";
export { facts, profile };

/** The options of `createGithub`. */
export type GithubOptions = ConnectorOptions<CredentialOf<typeof profile.auth>>;

/** A typed client of GitHub's REST API and, by `graphql`, of its GraphQL API. */
export type Github = Connector<GithubPaths> & { readonly graphql: GraphqlMethods };

/**
 * Creates a client of GitHub's REST API. Without `auth` the token is read from the environment variable GITHUB_TOKEN.
 * Throws ConfigurationError for a missing credential, an unknown option or an unsafe base URL.
 */
export function createGithub(options: GithubOptions = {}): Github {
  const connector = createConnector<GithubPaths>({ profile, facts, strategies }, options);
  return Object.assign(connector, { graphql: graphqlMethods(connector) });
}
