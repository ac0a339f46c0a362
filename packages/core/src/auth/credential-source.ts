/** A credential as its scheme takes it: one secret, or named values such as `{ accountSid, authToken }`. */
export type Credential = string | Readonly<Record<string, string>>;

/** What a credential function is told. */
export interface CredentialRequest {
  /** Aborts with the call. */
  readonly signal: AbortSignal;
  /** The provider refused the last credential: do not answer from a cache. */
  readonly refresh: boolean;
}

/** Asked once per call, and once more with `refresh` after a 401. */
export type CredentialFunction<C extends Credential = Credential> = (request: CredentialRequest) => C | Promise<C>;

/** A credential that changes under a name that does not: with `id`, a rotated token stays the same tenant. */
export interface CredentialSource<C extends Credential = Credential> {
  /** Names whose credential it is, such as an account id. It appears in keys, so it is no secret. */
  readonly id: string;
  readonly get: CredentialFunction<C>;
}

/** Everything that the option `auth` takes. */
export type Auth<C extends Credential = Credential> = C | CredentialFunction<C> | CredentialSource<C>;
