import type { VariableFacts } from "./profile.js";
import type { ClientAuthentication, TokenResponseFacts } from "./token-facts.js";

/** How a token is revoked. */
export interface RevocationFacts {
  /** The address; `{client_id}` is the id of the client. */
  readonly url: string;
  /** @default "POST" */
  readonly method?: "POST" | "DELETE";
  /** What authorizes the request: the client, or the access token that it revokes. */
  readonly by: "client" | "token";
  /** The token that is sent, and in which field. @default none: it is that of the header */
  readonly send?: { readonly token: "access" | "refresh"; readonly field: string };
  /** @default that of the token requests */
  readonly body?: "form" | "json";
  /** @default that of the token requests */
  readonly clientAuthentication?: ClientAuthentication;
}

/** Where facts were read, and when: providers change them. */
export interface FactSource {
  readonly page: string;
  /** `2026-11-28`. */
  readonly readOn: string;
  /** The names of the facts. */
  readonly facts: readonly string[];
}

/** The addresses in which an environment of a provider differs, such as a sandbox. The first has none. */
export type OauthEnvironmentFacts = Partial<
  Pick<OauthFacts, "authorizeUrl" | "tokenUrl" | "refreshUrl" | "deviceUrl" | "revocation" | "issuer">
>;

/** How a provider does OAuth 2, as data. Addresses may have `{variables}`. */
export interface OauthFacts {
  /** `hubspot`: names the provider in keys. */
  readonly id: string;
  /** `HubSpot`, as people write it. */
  readonly name: string;
  /** Where the owner of an account gives consent. */
  readonly authorizeUrl: string;
  /** Where codes and refresh tokens are exchanged for tokens. */
  readonly tokenUrl: string;
  /** Where refresh tokens are exchanged. @default `tokenUrl` */
  readonly refreshUrl?: string;
  /** Where the device flow begins (RFC 8628). */
  readonly deviceUrl?: string;
  /** Where tokens are revoked. @default the provider cannot be asked to */
  readonly revocation?: RevocationFacts;
  /** The issuer that the provider names in `iss` (RFC 9207). @default any of the origin of `authorizeUrl` */
  readonly issuer?: string;
  readonly clientAuthentication: ClientAuthentication;
  /** The body of token requests. @default "form" */
  readonly body?: "form" | "json";
  /** @default " " */
  readonly scopeSeparator?: " " | ",";
  /** Whether the provider takes part in PKCE (RFC 7636), by `S256`. */
  readonly pkce: boolean;
  /** Sent in addition, to `authorizeUrl` and to `tokenUrl`. */
  readonly parameters?: {
    readonly authorize?: Readonly<Record<string, string>>;
    readonly token?: Readonly<Record<string, string>>;
  };
  readonly response?: TokenResponseFacts;
  /** How long an access token lives where the response does not say so, in seconds. @default until it is rejected */
  readonly lifetimeS?: number;
  /**
   * Whether each refresh also replaces the refresh token, and the old one is not valid any more; `unknown` is treated as `true`. A
   * refresh whose response was lost is only repeated at once where it is `false`, or within `graceS`.
   */
  readonly rotates: boolean | "unknown";
  /** For how long a refresh token still works after it was replaced, in seconds. @default 0 */
  readonly graceS?: number;
  /** The environments, by the names that the connector's option `environment` has. The first is these facts. @default there is one */
  readonly environments?: Readonly<Record<string, OauthEnvironmentFacts>>;
  /** The variables of the addresses. */
  readonly variables?: Readonly<Record<string, VariableFacts>>;
  readonly sources: readonly FactSource[];
}
