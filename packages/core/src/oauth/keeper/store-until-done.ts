import type { Clock } from "../../platform/clock.js";

const firstWaitMs = 50;
const maxWaitMs = 1_000;
const maxTotalMs = 600_000;

/**
 * Calls `put` until it resolves, for 10 minutes: tokens that were issued and not stored are lost with this process. Rejects with
 * the last error.
 */
export async function storeUntilDone(put: () => Promise<boolean>, clock: Clock): Promise<boolean> {
  const endsAtMs = clock.monotonic() + maxTotalMs;
  for (let waitMs = firstWaitMs; ; waitMs = Math.min(2 * waitMs, maxWaitMs)) {
    await clock.sleep(waitMs);
    try {
      return await put();
    } catch (error) {
      if (clock.monotonic() > endsAtMs) throw error;
    }
  }
}
