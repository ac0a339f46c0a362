import type { ProviderProfile } from "../src/index.js";
import { createJudge, type Judge } from "../src/retry/classify.js";
import { bodyCondition, epochSeconds, verdictHeader } from "../src/retry/rule-strategies.js";

/** Reads answers by the facts given, whatever words they use. */
export function judgeOf(facts?: ProviderProfile["retry"]): Judge {
  return createJudge(facts, { bodyCondition, until: epochSeconds, verdictHeader });
}
