import type { Reply } from "../pipeline/reply.js";

/** A credential as its scheme takes it: one secret, or named values such as `{ accountSid, authToken }`. */
export type Credential = string | Readonly<Record<string, string | undefined>>;

/** What a credential function receives. */
export interface CredentialRequest {
  /** Aborts with the call; with `refresh`, once none of the calls that share the refresh waits for it any more. */
  readonly signal: AbortSignal;
  /** The provider rejected the last credential: do not return one from a cache. */
  readonly refresh: boolean;
  /** With `refresh`: the credential that was rejected. Where the source holds a newer one by now, it returns that. */
  readonly refused: Credential | undefined;
}

/** Called once per call, and once more with `refresh` after a 401, then for all calls that were in flight with the same credential. */
export type CredentialFunction<C extends Credential = Credential> = (request: CredentialRequest) => C | Promise<C>;

/** A credential that changes while its owner stays the same: with `id`, a rotated token belongs to the same tenant. */
export interface CredentialSource<C extends Credential = Credential> {
  /** Names the owner of the credential, such as an account id: not blank. It appears in keys, so it must not be a secret. */
  readonly id: string;
  readonly get: CredentialFunction<C>;
  /** Decides anew what a response means for a call with this credential: a provider may not know one of a moment ago everywhere. */
  review?(reply: Reply, credential: C): Reply;
}

/** What a source of several accounts receives. */
export interface AccountRequest extends CredentialRequest {
  /** The option `account` of the call: whose credential is wanted. */
  readonly account: string;
}

/** What a source of several accounts receives where the accounts have hosts of their own. */
export interface VariablesRequest {
  /** The option `account` of the call. */
  readonly account: string;
  /** Aborts with the call. */
  readonly signal: AbortSignal;
}

/**
 * The credentials of several accounts in one client, such as `oauthAccounts()` of `@connectry/core/oauth`. The option `account` of
 * a call names its account, which is its tenant: limits, cache and circuit breaker are those of the account.
 */
export interface AccountSource<C extends Credential = Credential> {
  /** Called when a call is first sent, and once more with `refresh` after a 401. The name of an account appears in keys. */
  readonly getAccount: (request: AccountRequest) => C | Promise<C>;
  /**
   * The parts of addresses that are the account's own, such as `{ shop: "acme" }`: needed where the provider's base URL has variables.
   * Called once per call. What does not match the profile's patterns is refused.
   */
  readonly getVariables?: (
    request: VariablesRequest,
  ) => Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>;
  /** As in a source of one account. */
  review?(reply: Reply, credential: C, account: string): Reply;
}

/**
 * The values of the option `auth`. Two keys are for the time in which one replaces the other: the first is sent, and after a 401 the
 * other, once for all calls in flight, and from then on until that is rejected.
 */
export type Auth<C extends Credential = Credential> =
  | C
  | readonly [next: C, current: C]
  | CredentialFunction<C>
  | CredentialSource<C>
  | AccountSource<C>;
