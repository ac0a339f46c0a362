import type { VerdictKind } from "../errors/call-errors.js";
import { boundedMemo } from "../platform/bounded-memo.js";

const capacity = 500;
const costs: { readonly [Kind in VerdictKind]?: number } = { transient: 14, throttled: 5 };

/**
 * How many retries a client may still send to one origin for one tenant: when a provider is down, the budget is
 * spent after some 35 of them, and calls then fail at their first attempt until successes fill it again.
 */
export interface RetryBudget {
  /** Takes the cost of a retry after such a failure; false where the budget does not cover it, and none may be sent. */
  take(key: string, kind: VerdictKind): boolean;
  /** A call succeeded; `kind` is the failure before that, undefined where it had none. */
  refund(key: string, kind: VerdictKind | undefined): void;
}

/** A token bucket of 500 per key: a retry takes 14 (throttled: 5), a success returns what its retry took, or 1. */
export function createRetryBudget(): RetryBudget {
  const buckets = boundedMemo(() => ({ tokens: capacity }));
  return {
    take(key, kind) {
      const bucket = buckets.get(key);
      const left = bucket.tokens - (costs[kind] ?? 0);
      if (left < 0) return false;
      bucket.tokens = left;
      return true;
    },
    refund(key, kind) {
      // A key without a bucket has spent nothing, so a healthy client holds none.
      const bucket = buckets.peek(key);
      if (!bucket) return;
      bucket.tokens += (kind && costs[kind]) ?? 1;
      if (bucket.tokens >= capacity) buckets.drop(key);
    },
  };
}
