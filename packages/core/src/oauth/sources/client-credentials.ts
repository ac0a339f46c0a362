import type { CredentialSource } from "../../auth/credential-source.js";
import { systemClock } from "../../platform/clock.js";
import type { OauthFacts } from "../../provider/oauth-facts.js";
import { toCredentialSource } from "../keeper/access-token.js";
import { createAuthorizationServer } from "../server/authorization-server.js";
import type { OauthClient } from "../server/client-authentication.js";
import { type AddressedFacts, checkAddresses } from "../server/facts-address.js";
import { selectOauthEnvironment } from "../server/oauth-environment.js";
import { type MintedTokensOptions, mintedTokens } from "./minted-tokens.js";

/** The facts that a token without consent needs. */
export type TokenAddressFacts = Pick<OauthFacts, "id" | "name" | "tokenUrl"> & Partial<OauthFacts>;

/** The options of `clientCredentials`. */
export interface ClientCredentialsOptions extends MintedTokensOptions {
  /** The facts of the provider: at least `{ id, name, tokenUrl }`. */
  readonly provider: TokenAddressFacts;
  /** The environment of the provider, as that of the connector. @default the first of the facts */
  readonly environment?: string | undefined;
  readonly client: OauthClient;
  readonly scopes?: readonly string[] | undefined;
  /** Further parameters, such as `audience`. */
  readonly parameters?: Readonly<Record<string, string>> | undefined;
}

/** Facts with what most providers have. Throws ConfigurationError for an address that is not https. */
export function completeFacts(given: TokenAddressFacts & Pick<AddressedFacts, "allowHttp">): AddressedFacts {
  const defaults = {
    authorizeUrl: given.tokenUrl,
    clientAuthentication: "basic",
    pkce: false,
    rotates: false,
    sources: [],
  } as const;
  const facts: AddressedFacts = { ...defaults, ...given };
  checkAddresses(facts);
  return facts;
}

/** The credential of a client itself (RFC 6749, section 4.4): the option `auth`. */
export function clientCredentials(options: ClientCredentialsOptions): CredentialSource<string> {
  const { client, scopes = [], parameters = {}, clock = systemClock } = options;
  const facts = completeFacts(selectOauthEnvironment(options.provider, options.environment));
  const scope = scopes.join(facts.scopeSeparator ?? " ");
  const keeper = mintedTokens(
    facts,
    async (_, server) => {
      const { request } = createAuthorizationServer({ facts, client, send: server.send, clock });
      return (await request("client_credentials", { ...(scope && { scope }), ...parameters })).tokens;
    },
    options,
  );
  // Tokens of other scopes or for another audience are others.
  const account = [client.id, scope, ...Object.values(parameters)].filter(Boolean).join(" ");
  return toCredentialSource(keeper, account);
}
