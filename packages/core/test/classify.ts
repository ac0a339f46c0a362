import type { Clock, Next, ProviderProfile, Reply } from "../src/index.js";
import type { ClassifyReply } from "../src/pipeline/reply.js";
import { createClassifier } from "../src/retry/classify.js";
import { shouldRetryHeader } from "../src/retry/rule-readers.js";

/** Classifies responses by the given facts, with every strategy. */
export function classifyBy(facts?: ProviderProfile["retry"]): ClassifyReply {
  return createClassifier(facts, { shouldRetryHeader });
}

/** The rest of a pipeline, whose replies are classified by the given facts as they arrive. */
export function classified(next: Next, facts: ProviderProfile["retry"], clock: Pick<Clock, "now">): Next {
  const classify = classifyBy(facts);
  return async (call) => withVerdict(await next(call), classify, clock);
}

/** A copy of a reply with another verdict. */
function withVerdict(reply: Reply, classify: ClassifyReply, clock: Pick<Clock, "now">): Reply {
  return { ...reply, verdict: classify(reply, clock) };
}
