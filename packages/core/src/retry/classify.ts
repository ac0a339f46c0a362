import { CallError, NetworkError, TimeoutError, type VerdictKind } from "../errors/call-errors.js";
import type { ClassifyReply, Reply } from "../pipeline/reply.js";
import type { Strategies } from "../pipeline/strategies.js";
import type { Verdict } from "../pipeline/verdict.js";
import type { ProviderProfile, ReplyCondition } from "../provider/profile.js";
import { parseRetryAfter } from "./retry-after.js";

/** The strategies behind the words of a rule. */
type RuleStrategies = Pick<Strategies, "matchBody" | "until" | "shouldRetryHeader">;

type Unclassified = Omit<Reply, "verdict">;

/** The verdict of every response that is a success. */
export const success: Verdict = { kind: "success", retryAfterMs: undefined, notApplied: false, maybeApplied: false };

function meets({ status, headers, body }: ReplyCondition, reply: Unclassified, { matchBody }: RuleStrategies): boolean {
  if (status && ![status].flat().includes(reply.status)) return false;
  for (const name in headers) {
    const value = headers[name] === true ? reply.headers.has(name) : reply.headers.get(name);
    if (value !== headers[name]) return false;
  }
  return !body || matchBody!(body, reply);
}

function fromStatus(status: number): VerdictKind {
  if ((status >= 200 && status < 300) || status === 304) return "success";
  if (status === 429) return "throttled";
  if (status === 401) return "reauthenticate";
  // 501 and 505 say that the request will never succeed.
  if (status === 408 || status === 425 || (status >= 500 && status !== 501 && status !== 505)) return "transient";
  return "failed";
}

/** Classifies a provider's responses: by its own header first, then by the profile's rules in order, then by the status. */
export function createClassifier(facts: ProviderProfile["retry"], strategies: RuleStrategies): ClassifyReply {
  return (reply, nowMs) => {
    const { status } = reply;
    const byStatus = fromStatus(status);
    const fromHeader =
      byStatus !== "success" && strategies.shouldRetryHeader?.(reply.headers, facts?.shouldRetryHeader, byStatus);
    const rule = facts?.rules?.find(({ when }) => meets(when, reply, strategies));
    const kind = fromHeader || (rule?.verdict ?? byStatus);
    if (kind === "success") return success;
    const retryAfterMs =
      parseRetryAfter(reply.headers, nowMs) ?? strategies.until?.(reply, rule?.until, nowMs) ?? rule?.waitMs;
    const notApplied = kind === "throttled" || !!rule?.notApplied;
    // A server that failed or ran out of time may have executed the request before.
    const maybeApplied = !notApplied && (rule?.maybeApplied || status >= 500 || status === 408);
    return { kind, retryAfterMs, notApplied, maybeApplied };
  };
}

/** Classifies what was thrown: a lost connection or a timed-out attempt is transient, anything else is the caller's. */
export function classifyError(error: unknown): Verdict {
  const isLost =
    (NetworkError.isInstance(error) && !error.isRejected) ||
    (TimeoutError.isInstance(error) && error.limit === "attempt");
  const maybeApplied = CallError.isInstance(error) && !!error.maybeSent;
  const notApplied = isLost && !maybeApplied;
  return { kind: isLost ? "transient" : "failed", retryAfterMs: undefined, notApplied, maybeApplied };
}
