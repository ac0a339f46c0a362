/** A stored value, and the versions of tags. */
export interface StoredValue {
  readonly value: string | undefined;
  /** The version of each requested tag, in their order; undefined where the tag has none. */
  readonly tagVersions: readonly (string | undefined)[];
}

/** A request for the lease of a key: the right to fetch its value. */
export interface LeaseRequest {
  /** Identifies the process that asks; the same token renews its lease. */
  readonly token: string;
  /** How long the lease lasts, in milliseconds. With 0 there is no lease, and every request succeeds. */
  readonly leaseMs: number;
}

/** The response to a request for a lease. */
export interface CacheLease extends StoredValue {
  /** The version of each tag: a tag that had none has been given one. */
  readonly tagVersions: readonly string[];
  /** Whether the process holds the lease now. */
  readonly won: boolean;
}

/** What a process stores at the end of its lease. */
export interface Publication {
  /** The token of the lease, which is released. */
  readonly token: string;
  /** The versions that came with the lease. */
  readonly tagVersions: readonly string[];
  /** Undefined where there is nothing to store. */
  readonly value: string | undefined;
  readonly ttlMs: number;
}

/** Is notified of invalidations by any process. */
export interface InvalidationListener {
  invalidated(tags: readonly string[]): void;
  /** The subscription is established: at first, and again after each lost connection, when messages may have been missed. */
  ready(): void;
}

/**
 * The store that processes share. The version of a tag is a value that an invalidation replaces by one never used before: a
 * value is valid as long as the versions of its tags are those under which it was fetched. All methods may reject, which only
 * costs the hit; they should do so within some 40 ms.
 */
export interface CacheStore {
  read(key: string, tags: readonly string[]): Promise<StoredValue>;
  /** Returns the value and the versions of the tags, and takes the lease of the key where no other process holds it. */
  claim(key: string, tags: readonly string[], request: LeaseRequest): Promise<CacheLease>;
  /** Stores the value, provided that the versions are unchanged, in one atomic step; returns whether it did. */
  publish(key: string, tags: readonly string[], publication: Publication): Promise<boolean>;
  /** Gives each tag a new version, and notifies all listeners. */
  invalidate(tags: readonly string[]): Promise<void>;
  /** Listens until the returned function is called. A store without it makes memory valid for one second only. */
  subscribe?(listener: InvalidationListener): Promise<() => Promise<void>>;
}
