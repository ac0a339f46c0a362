import type { LimitCost } from "../src/rate-limit/rate-limit-store.js";
import { createTenant } from "./call.js";

/** The tenant for which permits are reserved. */
export const tenant = createTenant("sk_test_a_secret_that_must_not_show");

/** The cost of a call under a limit of `limit` calls a second. */
export const limitCost = (name: string, limit: number, cost = 1): LimitCost => ({
  name,
  gcra: { intervalMs: 1_000 / limit, toleranceMs: 1_000 / limit },
  cost,
});
