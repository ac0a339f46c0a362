import { expandAddress, variablesOf } from "../../client/account-address.js";
import { checkBaseUrl } from "../../client/base-url.js";
import type { AddressVariables } from "../../pipeline/strategies.js";
import type { ProviderProfile, TokenExchangeFacts } from "../../provider/profile.js";

/** The options of a client that its token address depends on. */
export interface TokenAddressOptions {
  readonly baseUrl?: string | undefined;
  readonly allowHttp?: boolean | undefined;
  readonly tokens?: { readonly url?: string | undefined } | undefined;
}

const originOf = /^https?:\/\/[^/]+/;

/** The path of an address, which may have variables. */
function pathOf(address: string): string {
  return address.replace(originOf, "").replace(/\/+$/, "");
}

/**
 * Creates the function that finds where the client of an account gets its tokens, by the account's variables. A `baseUrl` of the user's is
 * also that of token requests: no request of a client passes by its proxy or its fake. It throws ConfigurationError for an address that is not
 * allowed.
 */
export function createTokenAddress(
  profile: ProviderProfile,
  { tokenUrl }: Pick<TokenExchangeFacts, "tokenUrl">,
  options: TokenAddressOptions & Readonly<Record<string, unknown>>,
): (variables: AddressVariables | undefined) => string {
  const { baseUrl: own, allowHttp, tokens } = options;
  const where = `${profile.name}, tokens`;
  const chosen = tokens?.url ?? own;
  if (chosen !== undefined) {
    const checked = checkBaseUrl(chosen, { where, allowHttp });
    if (tokens?.url !== undefined) return () => checked;
    const basePath = pathOf(profile.baseUrl);
    const root = checked.endsWith(basePath) ? checked.slice(0, checked.length - basePath.length) : checked;
    return () => root + pathOf(tokenUrl);
  }
  const template = tokenUrl.startsWith("/") ? (originOf.exec(profile.baseUrl)?.[0] ?? "") + tokenUrl : tokenUrl;
  const fixed = variablesOf(profile, options);
  return (variables = fixed) => expandAddress(profile, template, { variables, where });
}
