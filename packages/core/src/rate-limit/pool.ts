import { ConfigurationError } from "../errors/connectry-error.js";

/** Options of a pool. */
export interface PoolOptions {
  /** How many attempts may be under way at once, of all tenants and all clients that have this pool. */
  readonly concurrency: number;
}

/** Slots that clients share. */
export interface Pool {
  /** How many attempts are under way. */
  readonly running: number;
  /** How many tenants wait for a slot. */
  readonly waiting: number;
  /**
   * Takes a slot, and returns true; where none is free it returns false, and calls `offered` when it is the tenant's turn. Used by
   * the clients of the pool.
   */
  take(tenant: string, offered: () => void): boolean;
  /** Frees a slot, and offers it to the tenants in turn. */
  release(): void;
}

/**
 * Creates a pool: a bound of attempts that are under way at once, shared by all clients that have it as the option `pool`, in this
 * process. Tenants get free slots in turn, however many calls each of them has; `concurrency` of a client still bounds each tenant.
 * Throws ConfigurationError.
 */
export function createPool({ concurrency }: PoolOptions): Pool {
  if (!(Number.isInteger(concurrency) && concurrency > 0))
    throw new ConfigurationError(`createPool: concurrency must be a positive integer, got ${concurrency}.`);
  // Whose turn it is comes first.
  const waiting = new Map<string, Set<() => void>>();
  let running = 0;
  let isOffering = false;

  /** Offers free slots, until one is not free any more. A queue that does not use its turn leaves the slot to the next. */
  const offer = () => {
    if (isOffering) return;
    isOffering = true;
    for (const [tenant, queues] of waiting) {
      if (running >= concurrency) break;
      waiting.delete(tenant);
      for (const first of queues) {
        queues.delete(first);
        // The tenant's other queues wait for its next turn.
        if (queues.size > 0) waiting.set(tenant, queues);
        first();
        break;
      }
    }
    isOffering = false;
  };
  return {
    get running() {
      return running;
    },
    get waiting() {
      return waiting.size;
    },
    take(tenant, offered) {
      if (running < concurrency) {
        running += 1;
        return true;
      }
      waiting.set(tenant, (waiting.get(tenant) ?? new Set()).add(offered));
      return false;
    },
    release() {
      running -= 1;
      offer();
    },
  };
}
