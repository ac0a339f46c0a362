import type { Share } from "../src/rate-limit/grant-source.js";
import { createTenant } from "./call.js";

/** Whose grants are reserved. */
export const tenant = createTenant("sk_test_a_secret_that_must_not_show");

/** A part in a limit of so many a second. */
export const share = (name: string, limit: number, cost = 1): Share => ({
  name,
  gcra: { intervalMs: 1_000 / limit, toleranceMs: 1_000 / limit },
  cost,
});
