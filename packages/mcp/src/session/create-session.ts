import type { AgentOptions } from "../options/agent-options.js";
import { type BudgetMeter, createBudgetMeter } from "./budget-meter.js";
import { createWriteLedger, type WriteLedger } from "./write-ledger.js";

/** One conversation with an agent. */
export interface Session {
  /** Names the conversation: idempotency keys are derived from it. */
  readonly conversation: string;
  readonly budget: BudgetMeter;
  readonly writes: WriteLedger;
  /** How many writes wait for an approval now. */
  pendingApprovals: number;
}

/** Creates a session. */
export function createSession(conversation: string, { budget }: Pick<AgentOptions, "budget">): Session {
  return { conversation, budget: createBudgetMeter(budget), writes: createWriteLedger(), pendingApprovals: 0 };
}
