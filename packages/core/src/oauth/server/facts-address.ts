import { expandAddress as expand } from "../../client/account-address.js";
import type { AddressVariables } from "../../pipeline/strategies.js";
import type { OauthFacts } from "../../provider/oauth-facts.js";

/** Facts of which an address may be the user's. */
export type AddressedFacts = OauthFacts & { readonly allowHttp?: boolean | undefined };

/** Throws ConfigurationError for an address of the facts that is not https, or http on loopback. */
export function checkAddresses(facts: AddressedFacts): void {
  const { authorizeUrl, tokenUrl, refreshUrl, deviceUrl, revocation } = facts;
  for (const address of [authorizeUrl, tokenUrl, refreshUrl, deviceUrl, revocation?.url]) {
    if (address !== undefined) expandAddress(facts, address.replace(/\{\w+\}/g, "x"));
  }
}

/** An address of the facts with the variables of an account. Throws ConfigurationError for any that it may not have. */
export function expandAddress(facts: AddressedFacts, template: string, variables?: AddressVariables): string {
  return expand(facts, template, { variables, where: `${facts.name}, OAuth`, allowHttp: facts.allowHttp });
}
