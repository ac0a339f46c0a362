import type { LimitCost } from "../rate-limit/rate-limit-store.js";

/** What calls with the same limits cost. */
export interface LimitGroup {
  /** The limits. */
  readonly names: string;
  /** What a call costs of each. */
  readonly costs: string;
  /** Both: a permit for one call is valid for any other with the same key. */
  readonly key: string;
  /** How late a permit may be used: the smallest tolerance of the limits. */
  readonly toleranceMs: number;
}

// Most of a window's margin is for requests that arrive early or late.
const lateShare = 0.2;

const toleranceOf = ({ gcra, sliding }: LimitCost) => (sliding ? sliding.marginMs * lateShare : gcra.toleranceMs);

const groups = new WeakMap<readonly LimitCost[], LimitGroup>();

/** The group of the costs of a call, computed once for each list. */
export function limitGroup(costs: readonly LimitCost[]): LimitGroup {
  const known = groups.get(costs);
  if (known !== undefined) return known;
  const names = costs.map(({ name }) => name).join();
  const amounts = costs.map(({ cost }) => cost).join();
  const toleranceMs = Math.min(...costs.map(toleranceOf));
  const group = { names, costs: amounts, key: `${amounts} of ${names}`, toleranceMs };
  groups.set(costs, group);
  return group;
}
