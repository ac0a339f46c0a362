import type { Budget } from "../options/agent-options.js";

/** What a session has used of its budget. */
export interface BudgetMeter {
  /** Takes one call of this cost; returns why not where the budget does not have it. */
  take(cost: number): string | undefined;
  /** The time that calls may still take. Milliseconds. */
  timeLeftMs(): number;
  /** Counts the time that a call took. */
  spend(durationMs: number): void;
}

const defaultCalls = 500;

/** Creates the meter of a session. */
export function createBudgetMeter({
  calls = defaultCalls,
  cost = Infinity,
  timeMs = Infinity,
}: Budget = {}): BudgetMeter {
  const used = { calls: 0, cost: 0, timeMs: 0 };
  const refuse = (what: string, of: number) => `the budget of this session is used up: ${what} of ${of}`;
  return {
    take(price) {
      if (used.calls >= calls) return refuse(`${used.calls} calls`, calls);
      if (used.cost + price > cost) return refuse(`a cost of ${used.cost}, and this call costs ${price},`, cost);
      if (used.timeMs >= timeMs) return refuse(`${Math.round(used.timeMs)} ms`, timeMs);
      used.calls += 1;
      used.cost += price;
      return undefined;
    },
    timeLeftMs: () => timeMs - used.timeMs,
    spend(durationMs) {
      used.timeMs += durationMs;
    },
  };
}
