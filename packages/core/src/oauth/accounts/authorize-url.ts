import { ConfigurationError } from "../../errors/connectry-error.js";
import { base64url } from "../../platform/hmac.js";
import type { OauthFacts } from "../../provider/oauth-facts.js";
import { expandAddress } from "../server/facts-address.js";
import type { PendingAuthorization } from "./authorization-state.js";

/** What is asked of the owner of an account. */
export interface Consent {
  readonly clientId: string;
  readonly scopes: readonly string[];
  /** Further parameters of the provider, such as `user_scope` or `optional_scope`. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** Text of scopes, as a provider takes it; undefined where there are none. */
export function joinScopes({ scopeSeparator = " " }: OauthFacts, scopes: readonly string[] = []): string | undefined {
  return scopes.length > 0 ? scopes.join(scopeSeparator) : undefined;
}

/** RFC 7636, section 4.2. That of oauth4webapi cannot read a digest of another realm, which it is in jsdom. */
async function challengeOf(codeVerifier: string): Promise<string> {
  return base64url(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(codeVerifier))));
}

/** The address of the provider's page of consent. Throws ConfigurationError for a parameter that is ours. */
export async function authorizeUrl(
  facts: OauthFacts,
  { clientId, scopes, parameters }: Consent,
  { nonce, redirectUri, codeVerifier, variables }: PendingAuthorization,
): Promise<string> {
  const url = new URL(expandAddress(facts, facts.authorizeUrl, variables));
  const own = {
    response_type: "code",
    client_id: clientId,
    redirect_uri: redirectUri,
    scope: joinScopes(facts, scopes),
    state: nonce,
    ...(codeVerifier !== undefined && {
      code_challenge: await challengeOf(codeVerifier),
      code_challenge_method: "S256",
    }),
  };
  for (const name of Object.keys(parameters)) {
    if (Object.hasOwn(own, name)) throw new ConfigurationError(`begin: \`parameters\` must not have ${name}.`);
  }
  for (const [name, value] of Object.entries({ ...facts.parameters?.authorize, ...parameters, ...own })) {
    if (value !== undefined) url.searchParams.set(name, value);
  }
  return url.href;
}
