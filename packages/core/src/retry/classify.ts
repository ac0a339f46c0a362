import type { ProviderProfile, ReplyCondition, RetryRule } from "../connector/profile.js";
import type { Strategies } from "../connector/strategies.js";
import { NetworkError } from "../errors/network-error.js";
import { TimeoutError } from "../errors/timeout-error.js";
import type { Reply } from "../pipeline/reply.js";
import { parseRetryAfter } from "./retry-after.js";

/** What an attempt came to, and so what may follow it. */
export type VerdictKind =
  /** The caller gets it. */
  | "success"
  /** Sending it again would not help. */
  | "failed"
  /** It may work soon. */
  | "transient"
  /** The provider wants fewer requests. */
  | "throttled"
  /** The credential was refused: a refreshable one is refreshed, once. */
  | "reauthenticate";

/** How an attempt is judged. */
export interface Verdict {
  readonly kind: VerdictKind;
  /** How long the provider asked to wait. */
  readonly retryAfterMs: number | undefined;
  /** It was certainly not executed, so that even an unsafe write may be sent again. */
  readonly notApplied: boolean;
}

/** What the words of a rule need. */
type RuleStrategies = Pick<Strategies, "bodyCondition" | "until" | "verdictHeader">;

const success: Verdict = { kind: "success", retryAfterMs: undefined, notApplied: false };

function holds({ status, headers, body }: ReplyCondition, reply: Reply, { bodyCondition }: RuleStrategies): boolean {
  if (status && ![status].flat().includes(reply.status)) return false;
  for (const name in headers) {
    const value = headers[name] === true ? reply.headers.has(name) : reply.headers.get(name);
    if (value !== headers[name]) return false;
  }
  return !body || bodyCondition!(body, reply);
}

function fromStatus(status: number): VerdictKind {
  if ((status >= 200 && status < 300) || status === 304) return "success";
  if (status === 429) return "throttled";
  if (status === 401) return "reauthenticate";
  // 501 and 505 say that it will never work.
  if (status === 408 || status === 425 || (status >= 500 && status !== 501 && status !== 505)) return "transient";
  return "failed";
}

/** Reads an answer. `nowMs` is the wall clock, for hints that name a time. */
export type Judge = (reply: Reply, nowMs: number) => Verdict;

/** Makes what reads a provider's answers: its verdict header first, then the profile's rules in order, then the status. */
export function createJudge(facts: ProviderProfile["retry"], strategies: RuleStrategies): Judge {
  return (reply, nowMs) => {
    let kind = fromStatus(reply.status);
    let rule: RetryRule | undefined;
    const told = kind !== "success" && strategies.verdictHeader?.(reply.headers, facts?.verdictHeader, kind);
    if (told) kind = told;
    else {
      rule = facts?.rules?.find(({ when }) => holds(when, reply, strategies));
      kind = rule?.verdict ?? kind;
    }
    if (kind === "success") return success;
    const retryAfterMs =
      parseRetryAfter(reply.headers, nowMs) ?? strategies.until?.(reply.headers, rule?.until, nowMs) ?? rule?.waitMs;
    return { kind, retryAfterMs, notApplied: kind === "throttled" || !!rule?.notApplied };
  };
}

/** Reads what was thrown: a lost connection or a timed-out attempt is transient, anything else is the caller's. */
export function classifyError(error: unknown): Verdict {
  const lost = NetworkError.isInstance(error) || (TimeoutError.isInstance(error) && error.limit === "attempt");
  return { kind: lost ? "transient" : "failed", retryAfterMs: undefined, notApplied: lost && !error.maybeSent };
}
