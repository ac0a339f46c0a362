import { readOptions } from "../client/read-options.js";
import { ConfigurationError } from "../errors/connectry-error.js";
import { randomUuid } from "../platform/random.js";
import type { CacheStore } from "./store/cache-store.js";

/** How this process stores responses. */
export interface MemoryOptions {
  /** The estimated size of all responses, in bytes. @default 64 MiB */
  readonly maxBytes?: number | undefined;
  /**
   * Stores JSON parsed, and gives all callers the same data, frozen at every depth: a hit takes the same time at any size.
   * Changing the data throws a TypeError, from the first call on. @default false: each caller gets data of its own
   */
  readonly frozen?: boolean | undefined;
}

/** The options of `tieredCache`. */
export interface TieredCacheOptions {
  /** The memory of this process; `false` for none. */
  readonly memory?: MemoryOptions | false | undefined;
  /**
   * The store that processes share, through which they also notify each other of invalidations: `redisCacheStore()` of
   * `@connectry/core/redis`, or your own. @default none: memory only
   */
  readonly store?: CacheStore | undefined;
  /**
   * The secret under which tenants and keys are named in the store: at least 16 characters, the same in all processes. Required
   * with a store. Reading the store reveals no credential.
   */
  readonly keySecret?: string | undefined;
  /**
   * Milliseconds after which another process fetches a response where the process that began was killed. A living process
   * renews its lease. @default 2_000
   */
  readonly leaseMs?: number | undefined;
}

/** The options with every default filled in. */
export interface ResolvedCacheOptions {
  readonly store: CacheStore | undefined;
  readonly secret: string;
  /** 0 where this process stores nothing. */
  readonly maxBytes: number;
  readonly isFrozen: boolean;
  readonly leaseMs: number;
}

const otherOptions = ["memory", "store", "keySecret"];
const minSecretLength = 16;

/** Reads the options. Throws ConfigurationError where `keySecret` is missing with a store, and for an invalid option. */
export function readCacheOptions(options: TieredCacheOptions): ResolvedCacheOptions {
  const { leaseMs } = readOptions(options, {
    defaults: { leaseMs: 2_000 },
    others: otherOptions,
    where: "tieredCache",
  });
  const memory = options.memory || {};
  const memoryDefaults = { maxBytes: 64 << 20 };
  const { maxBytes } = readOptions(memory, {
    defaults: memoryDefaults,
    others: ["frozen"],
    where: "tieredCache.memory",
  });
  const { frozen = false } = memory;
  if (typeof frozen !== "boolean") throw new ConfigurationError("tieredCache.memory: frozen must be true or false.");
  const { keySecret, store } = options;
  if (store && (typeof keySecret !== "string" || keySecret.length < minSecretLength)) {
    throw new ConfigurationError(
      `tieredCache: a store needs keySecret, at least ${minSecretLength} characters, the same in all processes.`,
    );
  }
  return {
    store,
    // Without a store no other process needs the same names.
    secret: keySecret ?? randomUuid(),
    maxBytes: options.memory === false ? 0 : maxBytes,
    isFrozen: frozen,
    leaseMs,
  };
}
