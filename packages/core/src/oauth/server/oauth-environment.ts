import { ConfigurationError } from "../../errors/connectry-error.js";
import type { OauthFacts } from "../../provider/oauth-facts.js";
import { providerKey } from "../../provider/provider-key.js";

/**
 * The facts of one environment: by its name, or the first. Its id is another, so that accounts of two environments are never one in a
 * store. Throws ConfigurationError for a name that the facts do not have.
 */
export function selectOauthEnvironment<Facts extends Pick<OauthFacts, "id" | "name" | "environments">>(
  facts: Facts,
  name: string | undefined,
): Facts {
  if (name === undefined) return facts;
  const { environments = {} } = facts;
  const names = Object.keys(environments);
  if (!Object.hasOwn(environments, name)) {
    const known = names.map((one) => JSON.stringify(one)).join(", ") || "omitted";
    throw new ConfigurationError(
      `${facts.name}, OAuth: \`environment\` must be ${known}, got ${JSON.stringify(name)}.`,
    );
  }
  if (name === names[0]) return facts;
  return { ...facts, ...environments[name], id: providerKey({ id: facts.id, environment: name }) };
}
