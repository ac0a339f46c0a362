/** The tokens of an account as a store keeps them. */
export interface StoredTokens {
  /** Identifies this state of the account: random, and never used twice. */
  readonly version: string;
  /** The tokens as text, sealed where the accounts have a `seal`. */
  readonly value: string;
}

/** What a store returns. */
export interface StoredState extends StoredTokens {
  /**
   * How long ago the value was stored, in milliseconds, by the clock of the store: the clocks of processes need not agree.
   */
  readonly ageMs: number;
}

/**
 * Where tokens are kept: `memoryTokens()`, `redisTokens()` of `@connectry/core/redis`, or a table of your own. Compare-and-set by
 * version is what protects tokens; the lease only keeps processes from refreshing at the same time. Each method rejects where the
 * store is unavailable, and may be called again with the same arguments.
 */
export interface TokenStore {
  get(account: string): Promise<StoredState | undefined>;
  /**
   * Stores `next` where the stored version is `version`, or where there is none and it is undefined. Whether `next` is stored now,
   * also by an earlier call.
   */
  put(account: string, next: StoredTokens, version: string | undefined): Promise<boolean>;
  /** Removes what is stored where its version is `version`. Whether nothing is stored now. */
  remove(account: string, version: string): Promise<boolean>;
  /** Takes the lease of the account for `leaseMs`, unless another holder has it. Whether `holder` has it now. */
  claim(account: string, holder: string, leaseMs: number): Promise<boolean>;
  /** Extends the lease where `holder` has it. Whether it has. */
  renew(account: string, holder: string, leaseMs: number): Promise<boolean>;
  /** Gives the lease back where `holder` has it. */
  release(account: string, holder: string): Promise<void>;
}
