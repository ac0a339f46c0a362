import fc from "fast-check";
import { expect } from "vitest";
import type { Clock, Next } from "../src/index.js";
import { cacheOf, jsonOf, keySecret } from "./cache.js";
import { testStore } from "./cache-store.js";
import { createReply, createTenant } from "./call.js";

interface Step {
  readonly by: 0 | 1;
  readonly does: "reads" | "changes" | "reads without a lock";
}

const steps = fc.array(
  fc.record<Step>({
    by: fc.constantFrom(0, 1),
    does: fc.constantFrom("reads", "reads", "changes", "reads without a lock"),
  }),
  { minLength: 3, maxLength: 10 },
);

const tags = ["things"];

/**
 * Two processes that share a store read a value, change it and invalidate it, with all network operations in random order:
 * no read returns a value from before an invalidation that its process had finished, and in the end no process does.
 */
export async function checkInterleavings(runs: number, seed: number): Promise<void> {
  const property = fc.asyncProperty(fc.scheduler(), steps, async (scheduler, plan) => {
    // Digests of keys are computed before operations are ordered: the scheduler does not control the platform's crypto.
    let isOrdered = false;
    const wire = (label: string) =>
      isOrdered ? scheduler.schedule(Promise.resolve(), label).then(() => {}) : Promise.resolve();
    let version = 0;
    const provider: Next = async () => {
      await wire("request");
      const reply = createReply(200, {}, version);
      await wire("response");
      return reply;
    };
    const clock: Clock = { now: () => 0, monotonic: () => 0, sleep: () => wire("poll"), schedule: () => () => {} };
    const store = testStore(wire);
    const tenant = createTenant("tenant-1");
    const processes = [0, 1].map(() => cacheOf({ clock, tenant }, provider, { store, keySecret }));
    for (const { send, invalidate } of processes) {
      await send({ ttlMs: 1_000, tags });
      await invalidate({ tags });
    }
    isOrdered = true;
    const invalidated = [0, 0];
    const act = async ({ by, does }: Step) => {
      await wire("begins");
      const process = processes[by] as (typeof processes)[0];
      if (does === "changes") {
        version += 1;
        const mine = version;
        await process.invalidate({ tags });
        invalidated[by] = Math.max(invalidated[by] ?? 0, mine);
        return;
      }
      const least = invalidated[by] ?? 0;
      const options = does === "reads" ? { ttlMs: 1_000, tags } : { staleWhileRevalidateMs: 1_000, tags };
      expect(jsonOf(await process.send(options))).toBeGreaterThanOrEqual(least);
    };
    await scheduler.waitFor(Promise.all(plan.map(act)));
    await scheduler.waitIdle();
    for (const { send } of processes) {
      const reply = send({ ttlMs: 1_000, tags });
      expect(jsonOf(await scheduler.waitFor(reply))).toBe(version);
    }
  });
  await fc.assert(property, { numRuns: runs, seed });
}
