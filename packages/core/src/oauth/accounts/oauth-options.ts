import type { ReauthorizationRequiredError } from "../../errors/oauth-errors.js";
import type { Clock } from "../../platform/clock.js";
import type { Random } from "../../platform/random.js";
import type { OauthFacts } from "../../provider/oauth-facts.js";
import type { Transport } from "../../transport/transport.js";
import type { OauthClient } from "../server/client-authentication.js";
import type { ResponseFields } from "../server/read-response.js";
import type { TokenSeal } from "../store/token-seal.js";
import type { TokenStore } from "../store/token-store.js";

/** How token requests are sent, by everything that makes them. */
export interface TokenRequestOptions {
  /** Time for one request, in milliseconds. No caller's signal ends it, because its response may be the only copy. @default 30_000 */
  readonly requestTimeoutMs?: number | undefined;
  /** The function that sends token requests, in place of the default of `transport`. */
  readonly fetch?: typeof globalThis.fetch | undefined;
  /** Sends token requests, as in the options of a connector. */
  readonly transport?: Transport | undefined;
  /** Replaces the system clock, for tests. */
  readonly clock?: Clock | undefined;
  /** Replaces `Math.random`, for tests. */
  readonly random?: Random | undefined;
}

/** The options of `oauthAccounts`. */
export interface OauthAccountsOptions extends TokenRequestOptions {
  /** The facts of the provider, such as `hubspotOauth` of `@connectry/hubspot/oauth`. */
  readonly provider: OauthFacts;
  /** The environment of the provider, as that of the connector. @default the first of the facts */
  readonly environment?: string | undefined;
  /** The client that is registered with the provider. */
  readonly client: OauthClient;
  /** Where tokens are kept. */
  readonly store: TokenStore;
  /** Encrypts tokens before they are stored: `aesGcm(secret)`, or functions of a key management service. @default stored as they are */
  readonly seal?: TokenSeal | undefined;
  /** Called once for each account whose tokens the provider does not accept any more: write to its owner. */
  readonly onReauthorizationRequired?: ((error: ReauthorizationRequiredError) => void) | undefined;
  /** How long a refresh that failed is not repeated, in milliseconds; calls fail at once in the meantime. @default 30_000 */
  readonly cooldownMs?: number | undefined;
}

/** What is asked of the owner of an account. */
export interface BeginOptions {
  /** Where the provider sends the browser afterwards, as it is registered with the provider. */
  readonly redirectUri: string;
  readonly scopes?: readonly string[] | undefined;
  /** How the account is to be named: by you, such as your customer's id. @default what the provider's response names, where it does */
  readonly account?: string | undefined;
  /** The parts of addresses that are the account's own, such as `{ shop: "acme" }`. */
  readonly variables?: Readonly<Record<string, string>> | undefined;
  /** Further parameters of the provider's page of consent, such as Slack's `user_scope`. */
  readonly parameters?: Readonly<Record<string, string>> | undefined;
}

/** A consent that was begun. */
export interface Begun {
  /** Send the browser there. */
  readonly url: string;
  /** Keep it in the session of the browser, in a cookie that is `HttpOnly`, `Secure` and `SameSite=Lax`, for the callback. It is sealed. */
  readonly state: string;
}

/** An account whose tokens were stored. */
export interface Authorized {
  /** The name of the account: the option `account` of calls. */
  readonly account: string;
  /** The scopes that its owner has allowed, where the provider says so: its owner may have allowed fewer. */
  readonly scopes: readonly string[] | undefined;
  /** What else the provider says of the account, without the tokens. */
  readonly response: ResponseFields;
}

/** What is asked of the owner of an account at another device. */
export interface BeginDeviceOptions {
  readonly scopes?: readonly string[] | undefined;
  /** As in `begin`. */
  readonly account?: string | undefined;
}

/** A device flow that was begun (RFC 8628). */
export interface BegunDevice {
  /** What the owner enters at `verificationUri`. */
  readonly userCode: string;
  readonly verificationUri: string;
  /** The same address with the code, where the provider has one. */
  readonly verificationUriComplete: string | undefined;
  /** How long the code can be used, in milliseconds. */
  readonly expiresInMs: number;
  /** Waits until the owner has consented. Rejects with OauthError where that is denied or too late, and with the signal's reason. */
  complete(options?: { readonly signal?: AbortSignal | undefined }): Promise<Authorized>;
}
