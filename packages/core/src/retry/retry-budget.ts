const capacity = 500;
const cost = { transient: 14, throttled: 5 } as const;
const maxKeys = 10_000;

/**
 * How many retries a client may still send to one origin for one tenant: when a provider is down, the budget is
 * spent after some 35 of them, and calls then fail at their first attempt until successes fill it again.
 */
export interface RetryBudget {
  /** Takes the price of one retry; 0 where the budget does not hold it, and no retry may be sent. */
  take(key: string, kind: "transient" | "throttled"): number;
  /** A call came to a good end; `spent` is what its last retry took, 0 where it had none. */
  refund(key: string, spent: number): void;
}

/** A token bucket of 500 per key: a retry takes 14 (throttled: 5), a success gives back what its retry took, or 1. */
export function createRetryBudget(): RetryBudget {
  // Only keys that are not full are held, so a healthy client holds none.
  const tokens = new Map<string, number>();
  return {
    take(key, kind) {
      const left = tokens.get(key) ?? capacity;
      if (left < cost[kind]) return 0;
      if (tokens.size >= maxKeys && !tokens.has(key)) tokens.delete(tokens.keys().next().value as string);
      tokens.set(key, left - cost[kind]);
      return cost[kind];
    },
    refund(key, spent) {
      const left = tokens.get(key);
      if (left === undefined) return;
      const next = left + (spent || 1);
      if (next >= capacity) tokens.delete(key);
      else tokens.set(key, next);
    },
  };
}
