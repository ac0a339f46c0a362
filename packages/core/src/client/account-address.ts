import type { AccountSource } from "../auth/credential-source.js";
import { ConfigurationError } from "../errors/connectry-error.js";
import type { AccountAddress, AddressVariables } from "../pipeline/strategies.js";
import { unlessAborted } from "../platform/abortable.js";
import type { VariableFacts } from "../provider/profile.js";
import { checkBaseUrl } from "./base-url.js";

/** A provider whose addresses have variables. */
export interface AddressFacts {
  readonly name: string;
  readonly variables?: Readonly<Record<string, VariableFacts>>;
}

/** What an address is made of besides its template. */
export interface AddressOptions {
  readonly variables?: AddressVariables | undefined;
  /** What messages begin with. @default the name of the provider */
  readonly where?: string;
  /** Whether http may lead to internal hosts, not to loopback alone. @default false */
  readonly allowHttp?: boolean | undefined;
}

const placeholder = /\{(\w+)\}/g;
// Whatever a pattern allows: a value is never more than a part of a host name or of a path segment.
const isPart = /^[\w-]+(\.[\w-]+)*$/;

/**
 * Checks the variables of an account against the patterns of the facts. Throws ConfigurationError for one that is missing, unknown or
 * does not match, so that no account leads to a foreign host.
 */
export function checkVariables(
  { name, variables: known = {} }: AddressFacts,
  given: AddressVariables = {},
  label = (variable: string) => `variables.${variable}`,
) {
  for (const variable of Object.keys(given)) {
    if (!Object.hasOwn(known, variable)) throw new ConfigurationError(`${name}: there is no variable \`${variable}\`.`);
  }
  for (const [variable, { pattern }] of Object.entries(known)) {
    const value = Object.hasOwn(given, variable) ? given[variable] : undefined;
    const isValid = typeof value === "string" && isPart.test(value) && new RegExp(`^(?:${pattern})$`).test(value);
    if (!isValid) throw new ConfigurationError(`${name}: ${label(variable)} must match ${pattern}.`);
  }
  return given;
}

/**
 * An address with the variables of an account, which are checked each time: what a store returns may have been changed there. https,
 * or http on loopback, where tests have their servers. Throws ConfigurationError for any other.
 */
export function expandAddress(
  facts: AddressFacts,
  template: string,
  { variables, where = facts.name, allowHttp }: AddressOptions,
): string {
  const checked = template.includes("{") ? checkVariables(facts, variables) : {};
  const address = template.replace(placeholder, (_, variable: string) => checked[variable] ?? "");
  return checkBaseUrl(address, { where, allowHttp });
}

/** The variables that are options of a client of one account: `shop`. Undefined where it has none of them. */
export function variablesOf(
  facts: AddressFacts,
  options: Readonly<Record<string, unknown>>,
): AddressVariables | undefined {
  const given = Object.keys(facts.variables ?? {}).filter((variable) => options[variable] !== undefined);
  if (given.length === 0) return undefined;
  const variables = Object.fromEntries(given.map((variable) => [variable, options[variable] as string]));
  return checkVariables(facts, variables, (variable) => `\`${variable}\``);
}

/**
 * Where an account has a host of its own, the operation goes there; without an account to that of the client's options. A `baseUrl` of
 * the user's is that of all accounts.
 */
export const accountAddress: AccountAddress = (facts, options) => {
  const { auth, baseUrl: own } = options;
  const { getVariables } = (auth ?? {}) as Partial<AccountSource>;
  const fixed = variablesOf(facts, options);
  if (!getVariables && own === undefined && !fixed) {
    const names = Object.keys(facts.variables ?? {}).map((variable) => `\`${variable}\``);
    throw new ConfigurationError(
      `${facts.name}: pass ${names.join(" and ")}, \`baseUrl\`, as ${facts.baseUrl}, or \`auth\` whose accounts have their variables.`,
    );
  }
  return async (operation, { account, signal = new AbortController().signal }) => {
    const { baseUrl, providerUrl } = operation;
    if (!providerUrl.includes("{")) return operation;
    const isOfAccount = getVariables !== undefined && account !== undefined;
    if (!isOfAccount && !fixed) return { ...operation, providerUrl: baseUrl };
    const variables = isOfAccount
      ? await unlessAborted((async () => getVariables({ account, signal }))(), signal)
      : fixed;
    const expand = (template: string) => expandAddress(facts, template, { variables });
    return { ...operation, baseUrl: own === undefined ? expand(baseUrl) : baseUrl, providerUrl: expand(providerUrl) };
  };
};
