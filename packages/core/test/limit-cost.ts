import type { LimitCost } from "../src/rate-limit/rate-limit-store.js";
import { evenPace, toSlidingWindow } from "../src/rate-limit/sliding-window.js";
import { createTenant } from "./call.js";

/** The tenant for which permits are reserved. */
export const tenant = createTenant("sk_test_a_secret_that_must_not_show");

/** The ways in which a limit is kept. */
export const windowKinds = ["gcra", "sliding"] as const;

/** The cost of a call under a limit of `limit` calls a second. */
export const limitCost = (name: string, limit: number, cost = 1): LimitCost => ({
  name,
  gcra: { intervalMs: 1_000 / limit, toleranceMs: 1_000 / limit },
  cost,
});

/** The cost of a call under a sliding window of `limit` calls a second, or of one call in a longer time. */
export const slidingCost = (name: string, limit: number, cost = 1): LimitCost => {
  const sliding = toSlidingWindow(limit < 1 ? { limit: 1, perMs: 1_000 / limit } : { limit, perMs: 1_000 });
  return { name, sliding, gcra: evenPace(sliding), cost };
};

/** The cost of a call, by the way in which its limit is kept. */
export const limitCosts = { gcra: limitCost, sliding: slidingCost };
