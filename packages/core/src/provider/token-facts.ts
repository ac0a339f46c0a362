import type { JsonPath } from "../platform/json-path.js";

/** How a client proves to the authorization server who it is. */
export type ClientAuthentication =
  /** `Authorization: Basic` of id and secret as they are, which most servers expect although RFC 6749 encodes them first. */
  | "basic"
  /** `Authorization: Basic` of id and secret, form-encoded first (RFC 6749, section 2.3.1). */
  | "basic-encoded"
  /** `client_id` and `client_secret` in the body. */
  | "body";

/** Where a response of the token address differs from RFC 6749, section 5. Without facts it may come as JSON or as a form. */
export interface TokenResponseFacts {
  /** An object in the response whose fields are read where those of the response itself have no token, such as `authed_user`. */
  readonly nested?: JsonPath;
  /** Where the allowed scopes are. @default `scope` */
  readonly scopes?: JsonPath;
  /** What names the account, where the response does: the first of these that is there. */
  readonly account?: readonly JsonPath[];
  /** Error codes that say, as `invalid_grant` does, that the refresh token is not valid any more. */
  readonly invalidGrant?: readonly string[];
  /** Where an error response has its code and its message. @default `error` and `error_description` */
  readonly error?: { readonly code: JsonPath; readonly message: JsonPath };
}

/** A value of a client besides its id and secret, which is a field of its token requests: Zoom's `account_id`. */
export interface TokenField {
  /** `accountId`: its name in the option `auth`. */
  readonly name: string;
  readonly env: string;
  /** The name of the field. */
  readonly as: string;
  /** What is sent where a client lacks it. */
  readonly default?: string;
  /** A client may lack it: then it is not sent. */
  readonly optional?: true;
}

/** How the credential of a client is exchanged for the token that calls are sent with (RFC 6749, section 4.4). */
export interface TokenExchangeFacts {
  /**
   * Where it is exchanged: an address, which may have the variables of `baseUrl`, or `/v1/oauth2/token`, a path on the host of
   * `baseUrl`. With the option `baseUrl` of a client, that path there.
   */
  readonly tokenUrl: string;
  readonly clientAuthentication: ClientAuthentication;
  readonly clientId: { readonly name: string; readonly env: string };
  readonly clientSecret: { readonly name: string; readonly env: string };
  readonly fields?: readonly TokenField[];
  /** Fields of each token request, the same for all clients. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** @default "client_credentials" */
  readonly grantType?: string;
  /** The body of token requests. @default "form" */
  readonly body?: "form" | "json";
  readonly response?: TokenResponseFacts;
  /** How long a token lives where the response does not say so, in seconds. @default until it is rejected */
  readonly lifetimeS?: number;
}
