import { CallError, NetworkError, TimeoutError, type VerdictKind } from "../errors/call-errors.js";
import type { ClassifyReply } from "../pipeline/reply.js";
import type { Strategies } from "../pipeline/strategies.js";
import type { Verdict } from "../pipeline/verdict.js";
import type { ProviderProfile } from "../provider/profile.js";
import { parseRetryAfter } from "./retry-after.js";
import { meetsCondition, waitUntil } from "./rule-readers.js";

/** The verdict of every response that is a success. */
export const success: Verdict = { kind: "success", retryAfterMs: undefined, notApplied: false, maybeApplied: false };

function fromStatus(status: number): VerdictKind {
  if ((status >= 200 && status < 300) || status === 304) return "success";
  if (status === 429) return "throttled";
  if (status === 401) return "reauthenticate";
  // 501 and 505 say that the request will never succeed.
  if (status === 408 || status === 425 || (status >= 500 && status !== 501 && status !== 505)) return "transient";
  return "failed";
}

/** Classifies a provider's responses: by its own header first, then by the rules in order, then by the status. */
export function createClassifier(
  facts: ProviderProfile["retry"],
  { shouldRetryHeader }: Pick<Strategies, "shouldRetryHeader">,
): ClassifyReply {
  return (reply, clock) => {
    const { status, headers } = reply;
    const rule = facts?.rules?.find(({ when }) => meetsCondition(when, reply));
    const usual = fromStatus(status);
    // Nearly every response: of a success nothing else is read.
    if (!rule && usual === "success") return success;
    const nowMs = clock.now();
    const requestedMs = parseRetryAfter(headers, nowMs);
    // A 413 that says when to try again is temporary: the request was refused (RFC 9110, section 15.5.14).
    const isRefused = status === 413 && requestedMs !== undefined;
    const byStatus = isRefused ? "transient" : usual;
    const fromHeader = byStatus !== "success" && shouldRetryHeader?.(headers, facts?.shouldRetryHeader, byStatus);
    const kind = fromHeader || (rule?.verdict ?? byStatus);
    if (kind === "success") return success;
    const retryAfterMs = requestedMs ?? waitUntil(reply, rule?.until, nowMs) ?? rule?.waitMs;
    const notApplied = kind === "throttled" || isRefused || !!rule?.notApplied;
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
