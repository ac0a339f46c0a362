import { type ConnectorOptions, createConnector, type PathIndex } from "@connectry/core";
import { type CallingConnector, type ConnectorParts, placeholderCredential, strategiesOf } from "./connector-parts.js";

/** A connector of the same provider with the same headers that holds no credential, and sends by other means. */
export function createTwin(
  { profile: original, facts, headers, credentials }: ConnectorParts,
  options: ConnectorOptions,
): CallingConnector {
  // The hosts of accounts are not known without one.
  const { variables, ...profile } = original;
  // A user name may be a part of the path.
  const username = Object.values(credentials.path).find((value) => typeof value === "string");
  const definition = {
    profile: { ...profile, baseUrl: profile.baseUrl.replace(/[{}]/g, "") },
    facts,
    strategies: strategiesOf(profile),
  };
  const twin = createConnector<PathIndex>(definition, {
    auth: placeholderCredential(profile, username),
    headers,
    rateLimit: false,
    maxAttempts: 1,
    ...options,
  });
  return twin as unknown as CallingConnector;
}
