import { checkBaseUrl } from "../../client/base-url.js";
import { ConfigurationError } from "../../errors/connectry-error.js";
import type { OauthFacts } from "../../provider/oauth-facts.js";

/** The values of the variables in addresses. */
export type Variables = Readonly<Record<string, string>>;

// Whatever a pattern allows: a value is never more than a part of a host name or of a path segment.
const isPart = /^[\w-]+(\.[\w-]+)*$/;

/**
 * Checks the variables of an account against the patterns of the facts. Throws ConfigurationError for one that is missing, unknown or
 * does not match, so that no account leads to a foreign host.
 */
export function checkVariables({ name, variables: known = {} }: OauthFacts, variables: Variables = {}): Variables {
  for (const given of Object.keys(variables)) {
    if (!Object.hasOwn(known, given)) throw new ConfigurationError(`${name}: there is no variable \`${given}\`.`);
  }
  for (const [variable, { pattern }] of Object.entries(known)) {
    const value = Object.hasOwn(variables, variable) ? variables[variable] : undefined;
    const isValid = typeof value === "string" && isPart.test(value) && new RegExp(`^(?:${pattern})$`).test(value);
    if (!isValid) throw new ConfigurationError(`${name}: variables.${variable} must match ${pattern}.`);
  }
  return variables;
}

/** Throws ConfigurationError for an address of the facts that is not https, or http on loopback. */
export function checkAddresses(facts: OauthFacts): void {
  const { authorizeUrl, tokenUrl, refreshUrl, deviceUrl, revocation } = facts;
  for (const address of [authorizeUrl, tokenUrl, refreshUrl, deviceUrl, revocation?.url]) {
    if (address !== undefined) expandAddress(facts, address.replace(/\{\w+\}/g, "x"));
  }
}

/**
 * An address with the variables of an account, which are checked each time: what a store returns may have been changed there. https,
 * or http on loopback, where tests have their servers.
 */
export function expandAddress(facts: OauthFacts, template: string, variables?: Variables): string {
  const placeholder = /\{(\w+)\}/g;
  const checked = placeholder.test(template) ? checkVariables(facts, variables) : {};
  const address = template.replace(placeholder, (_, variable: string) => checked[variable] ?? "");
  return checkBaseUrl(address, { where: `${facts.name}, OAuth` });
}
