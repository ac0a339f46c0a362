import type { VerdictKind } from "./classify.js";

const capacity = 500;
const prices: { readonly [Kind in VerdictKind]?: number } = { transient: 14, throttled: 5 };
const maxKeys = 10_000;

/**
 * How many retries a client may still send to one origin for one tenant: when a provider is down, the budget is
 * spent after some 35 of them, and calls then fail at their first attempt until successes fill it again.
 */
export interface RetryBudget {
  /** Takes the price of a retry after such a failure; false where the budget does not hold it, and none may be sent. */
  take(key: string, kind: VerdictKind): boolean;
  /** A call came to a good end; `kind` is the failure before that, undefined where it had none. */
  refund(key: string, kind: VerdictKind | undefined): void;
}

/** A token bucket of 500 per key: a retry takes 14 (throttled: 5), a success gives back what its retry took, or 1. */
export function createRetryBudget(): RetryBudget {
  // Only keys that are not full are held, so a healthy client holds none.
  const tokens = new Map<string, number>();
  const change = (key: string, by: number): boolean => {
    const left = (tokens.get(key) ?? capacity) + by;
    if (left < 0) return false;
    if (left >= capacity) tokens.delete(key);
    else {
      if (tokens.size >= maxKeys) tokens.clear();
      tokens.set(key, left);
    }
    return true;
  };
  return {
    take: (key, kind) => change(key, -(prices[kind] ?? 0)),
    refund: (key, kind) => void change(key, (kind && prices[kind]) ?? 1),
  };
}
