import type { Operation } from "../pipeline/call.js";
import type { SlotLimit, Strategies } from "../pipeline/strategies.js";
import type { ConcurrencyLimit, ProviderProfile, RateLimit } from "../provider/profile.js";
import type { BulkheadOptions } from "./bulkhead.js";
import { toGcra } from "./gcra.js";
import type { LimitCost } from "./rate-limit-store.js";
import { evenPace, toSlidingWindow, windowWaitMs } from "./sliding-window.js";

/** The limits that plans are made of. */
export interface PlanContext {
  /** Documented limits. Where there are none, only slots, pauses and quotas delay calls. */
  readonly limits: readonly RateLimit[];
  /** Documented numbers of requests at once. */
  readonly concurrency?: readonly ConcurrencyLimit[];
  readonly slots: BulkheadOptions;
  readonly profile: Pick<ProviderProfile, "quotaNames">;
  readonly strategies: Pick<Strategies, "concurrencyLimits">;
}

/** What holds for all calls of an operation, with the same values of the parameters that have limits of their own. */
export interface Plan {
  /** What a pause or a quota applies to, where a response does not name a quota. */
  readonly scope: string;
  readonly costs: readonly LimitCost[];
  readonly limitNames: string;
  /** The slots that a call takes: first those of its bucket, then documented ones. */
  readonly slotLimits: readonly SlotLimit[];
  readonly weight: number;
  readonly minWaitMs: (ahead: number) => number;
  /** The quota that the last response named. */
  quotaName: string | undefined;
}

/** Creates the function that finds which limits apply to an operation. */
export function createPlanner(context: PlanContext) {
  const { limits, concurrency = [], slots, strategies } = context;
  const { quotaNames } = context.profile;
  const rules = limits.map((limit, index) => {
    const sliding = limit.window === "sliding" ? toSlidingWindow(limit) : undefined;
    return { ...limit, gcra: sliding ? evenPace(sliding) : toGcra(limit), sliding, index };
  });
  return (operation: Operation, values: readonly string[] | undefined): Plan => {
    const { id, bucket, kind, method } = operation;
    const own = rules.filter((rule) => rule.bucket === bucket);
    const costs = own
      .map(({ per, index, gcra, sliding, costs: costOf = {} }) => ({
        name: `${bucket} ${index}${per ? ` ${per === "operation" ? id : values?.[index]}` : ""}`,
        gcra,
        sliding,
        cost: costOf[kind ?? method] ?? costOf["*"] ?? 1,
      }))
      .filter(({ cost }) => cost > 0);
    return {
      // Where each operation has only a quota of its own, a response to one says nothing about the others. One to a value of a
      // parameter may concern all values: Slack has a limit of the whole workspace, of which it does not say the number.
      scope: quotaNames?.perOperation || (own[0] && own.every(({ per }) => per === "operation")) ? id : bucket,
      costs,
      limitNames: costs.map(({ name }) => name).join(),
      slotLimits: [
        { name: bucket, concurrency: slots.concurrency },
        ...(strategies.concurrencyLimits?.(operation, concurrency) ?? []),
      ],
      weight: Math.max(0, ...costs.map(({ cost }) => cost)),
      // Where the limits were not used before, and those ahead cost no more than this call and no more than 1.
      minWaitMs(ahead) {
        let waitMs = 0;
        for (const { gcra, sliding, cost } of costs) {
          const before = ahead * Math.min(1, cost);
          const even = (before + cost) * gcra.intervalMs - gcra.toleranceMs;
          waitMs = Math.max(waitMs, sliding ? windowWaitMs(sliding, before, cost) : even);
        }
        return waitMs;
      },
      quotaName: quotaNames?.buckets?.[bucket],
    };
  };
}
