import { ConfigurationError } from "../errors/connectry-error.js";
import type { SelectEnvironment } from "../pipeline/strategies.js";
import type { EnvironmentFacts } from "../provider/environment-facts.js";
import type { ProviderFacts } from "../provider/facts.js";
import type { AuthScheme, ProviderProfile, VariableFacts } from "../provider/profile.js";

/** What of an address is below another: `/a` of `https://api.acme.com/v1/a` and `https://api.acme.com/v1`. Undefined where it is not. */
function pathBelow(base: string, address: string): string | undefined {
  return address === base || address.startsWith(`${base}/`) ? address.slice(base.length) : undefined;
}

/** Creates the function that finds where a server of the profile's operations is in an environment. */
function serverFinder(
  profile: ProviderProfile,
  { name, own }: { readonly name: string; readonly own: EnvironmentFacts },
) {
  const { baseUrl = profile.baseUrl, origins = [], servers = {} } = own;
  const known = Object.entries({ ...servers, [profile.baseUrl]: baseUrl });
  return (server: string): string => {
    for (const [start, address] of known) {
      const path = pathBelow(start, server);
      if (path !== undefined) return address + path;
    }
    if (origins.some((origin) => pathBelow(origin, server) !== undefined)) return server;
    throw new ConfigurationError(
      `${profile.name}: where ${server} is in the environment \`${name}\` is unknown: add it to \`servers\` or \`origins\` of the profile's environment.`,
    );
  };
}

/** Facts whose servers are those of an environment. */
function relocate(facts: ProviderFacts, find: (server: string) => string): ProviderFacts {
  const { servers = {}, operations } = facts;
  const found = Object.entries(servers).map(([start, server]) => [start, find(server)]);
  const moved = Object.entries(operations).map(([id, { server, ...operation }]) => [
    id,
    server === undefined ? operation : { ...operation, server: find(server) },
  ]);
  return { ...facts, servers: Object.fromEntries(found), operations: Object.fromEntries(moved) };
}

/** A copy of a scheme that reads other environment variables, wherever it names one. */
function renameVariables<T>(scheme: T, names: Readonly<Record<string, string>>): T {
  const rename = (key: string, value: unknown) =>
    key === "env" && typeof value === "string" && Object.hasOwn(names, value) ? names[value] : value;
  return JSON.parse(JSON.stringify(scheme), rename);
}

/** A scheme that exchanges its credential where the environment does. A path is on the host of its base URL. */
function relocateTokens(auth: AuthScheme, find: (server: string) => string): AuthScheme {
  if (auth.kind !== "client-credentials" || auth.tokenUrl.startsWith("/")) return auth;
  return { ...auth, tokenUrl: find(auth.tokenUrl) };
}

/** The variables that addresses have. Undefined where they have none: then an account has no address of its own. */
function variablesIn(
  addresses: readonly string[],
  variables: ProviderProfile["variables"] = {},
): Readonly<Record<string, VariableFacts>> | undefined {
  const used = Object.entries(variables).filter(([name]) => addresses.some((one) => one.includes(`{${name}}`)));
  return used.length > 0 ? Object.fromEntries(used) : undefined;
}

/**
 * Profile and facts of one environment: by its name, or the first. Throws ConfigurationError for a name that the profile does not
 * have, and where the environment does not say where a server of the facts is, or an address of tokens.
 */
export const selectEnvironment: SelectEnvironment = ({ profile: given, facts }, name) => {
  const { environments = {}, ...profile } = given;
  const names = Object.keys(environments);
  if (name !== undefined && !Object.hasOwn(environments, name)) {
    const known = names.map((one) => JSON.stringify(one)).join(", ");
    throw new ConfigurationError(
      `${profile.name}: \`environment\` must be one of ${known}, got ${JSON.stringify(name)}.`,
    );
  }
  if (name === undefined || name === names[0]) {
    return { profile: { ...profile, variables: variablesIn([profile.baseUrl], profile.variables) }, facts };
  }
  const own = environments[name] as EnvironmentFacts;
  const { baseUrl = profile.baseUrl, servers = {}, env, rateLimits, concurrency } = own;
  const isElsewhere = own.baseUrl !== undefined || own.servers !== undefined;
  const others = Object.values(servers);
  const find = serverFinder(profile, { name, own });
  const auth = env ? renameVariables(profile.auth, env) : profile.auth;
  const fixed = others.filter((address) => !address.includes("{")).map((address) => new URL(address).origin);
  return {
    profile: {
      ...profile,
      environment: name,
      baseUrl,
      origins: own.origins ?? (isElsewhere ? fixed : profile.origins),
      variables: variablesIn([baseUrl, ...others], profile.variables),
      auth: isElsewhere ? relocateTokens(auth, find) : auth,
      rateLimits: rateLimits ?? profile.rateLimits,
      concurrency: concurrency ?? profile.concurrency,
    },
    facts: isElsewhere ? relocate(facts, find) : facts,
  };
};
