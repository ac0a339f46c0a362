import { seededRandom } from "@connectry/testing";
import { describe, expect, test } from "vitest";
import { createCall, createReply, createTenant } from "../../test/call.js";
import { retryOf, script } from "../../test/retry.js";
import type { Call } from "../pipeline/call.js";
import { createRetryBudget, type RetryBudget } from "../retry/retry-budget.js";

describe("budget", () => {
  /** Sends calls that each fail with the given chance, and counts what went over the wire. */
  async function load(calls: number, failing: number, budget = createRetryBudget()) {
    const random = seededRandom(2);
    const { policy } = retryOf({ budget, random });
    let requests = 0;
    let succeeded = 0;
    for (let i = 0; i < calls; i += 1) {
      const reply = await policy.send(createCall(), async () => {
        requests += 1;
        return createReply(random() < failing ? 503 : 200);
      });
      if (reply.status === 200) succeeded += 1;
    }
    return { amplification: requests / calls, success: succeeded / calls };
  }
  const unlimited: RetryBudget = { take: () => true, refund: () => {} };

  test("R1: 20,000 calls to a provider that is down send at most 1.01 requests each; without a budget, 3", async () => {
    expect((await load(20_000, 1)).amplification).toBeLessThanOrEqual(1.01);
    expect((await load(1_000, 1, unlimited)).amplification).toBe(3);
  });

  test("R2: 20,000 calls of which 30 % fail send at most 1.20 requests each; of which 50 % fail, 1.10", async () => {
    expect((await load(20_000, 0.3)).amplification).toBeLessThanOrEqual(1.2);
    expect((await load(20_000, 0.5)).amplification).toBeLessThanOrEqual(1.1);
  });

  test("R2: of 20,000 calls with 10 % failures, 99.8 % succeed", async () => {
    expect((await load(20_000, 0.1)).success).toBeGreaterThanOrEqual(0.998);
  });

  test("R3: a tenant or origin that is down leaves the others their retries", async () => {
    const budget = createRetryBudget();
    const { policy } = retryOf({ budget });
    for (let i = 0; i < 100; i += 1) await policy.send(createCall(), script(503));
    const other = createTenant("tenant-2");
    const elsewhere = { baseUrl: "https://files.acme.test" };
    const attempts = async (call: Call) => (await policy.send(call, script(503, 200))).attempts.length;
    expect(await attempts(createCall())).toBe(1);
    expect(await attempts(createCall({ tenant: other }))).toBe(2);
    expect(await attempts(createCall({ operation: elsewhere }))).toBe(2);
  });
});
