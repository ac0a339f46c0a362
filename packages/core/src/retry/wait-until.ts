import type { RetryRule } from "../connector/profile.js";
import { parseCount } from "./retry-after.js";

/** What a provider's own header says about when to come back, as milliseconds from now; undefined where it is absent or malformed. */
export function waitUntilMs(headers: Headers, until: RetryRule["until"], nowMs: number): number | undefined {
  const count = until && parseCount(headers.get(until.header));
  return count === undefined ? undefined : Math.max(0, count * 1_000 - nowMs);
}
