/** The tokens of an account, as the provider issued them. */
export interface AccountTokens {
  readonly accessToken: string;
  readonly refreshToken?: string | undefined;
  /** How long the access token lives from when it was requested, in milliseconds; undefined where nobody says. */
  readonly lifetimeMs?: number | undefined;
  /** The scopes that its owner has allowed, where the provider says so. */
  readonly scopes?: readonly string[] | undefined;
  /** The parts of addresses that are the account's own. */
  readonly variables?: Readonly<Record<string, string>> | undefined;
}

/** What is stored of an account. */
export interface AccountRecord {
  readonly tokens: AccountTokens;
  /** The code of the error with which the provider rejected the refresh token. */
  readonly failure?: string | undefined;
  /** A process is about to send the refresh token, or has sent it, and has not stored what came of it. */
  readonly isSending?: boolean | undefined;
}
