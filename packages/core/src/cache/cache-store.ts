/** What is kept under a key, beside the marks of tags. */
export interface StoredValue {
  readonly value: string | undefined;
  /** One for each tag asked about, in their order; undefined where the tag has none. */
  readonly marks: readonly (string | undefined)[];
}

/** An answer to whoever wants to fetch a value. */
export interface Claim extends StoredValue {
  /** One for each tag: a tag that had none has been given one. */
  readonly marks: readonly string[];
  /** Whether it holds the lock now. */
  readonly won: boolean;
}

/** What a claim comes to in the end. */
export interface Publication {
  /** By whose claim: its lock is released. */
  readonly token: string;
  /** What the claim was told. */
  readonly marks: readonly string[];
  /** Undefined where there is nothing to store. */
  readonly value: string | undefined;
  readonly ttlMs: number;
}

/** Hears of invalidations by any process. */
export interface InvalidationListener {
  invalidated(tags: readonly string[]): void;
  /** The channel stands: at first, and after each loss of it, where something may have been missed. */
  ready(): void;
}

/**
 * What processes share. A tag's mark is a value that an invalidation replaces by one never used before: a value is good
 * as long as the marks of its tags are those it was fetched under. All four methods may reject, which costs the hit;
 * they should do so within some 40 ms.
 */
export interface CacheStore {
  read(key: string, tags: readonly string[]): Promise<StoredValue>;
  /**
   * The value, the tags' marks, and the key's lock, for `leaseMs`, where nobody else has it; again with the same token
   * it renews the lock. With `leaseMs` 0 there is no lock, and every claim wins.
   */
  claim(key: string, tags: readonly string[], token: string, leaseMs: number): Promise<Claim>;
  /** Stores the value, in one step with making sure that the marks are still those; says whether it did. */
  publish(key: string, tags: readonly string[], publication: Publication): Promise<boolean>;
  /** Gives each tag a new mark, and tells all who listen. */
  invalidate(tags: readonly string[]): Promise<void>;
  /** Listens until the returned function is called. A store that cannot leaves it out: memory is then trusted for a second. */
  subscribe?(listener: InvalidationListener): Promise<() => Promise<void>>;
}
