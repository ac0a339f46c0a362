import type { ProviderProfile, ReplyCondition, RetryRule } from "../connector/profile.js";
import { readPath } from "../connector/read-path.js";
import { NetworkError } from "../errors/network-error.js";
import { TimeoutError } from "../errors/timeout-error.js";
import type { Reply } from "../pipeline/reply.js";
import { replyJson } from "../pipeline/reply-json.js";
import { parseRetryAfter } from "./retry-after.js";

/** What an attempt came to, and so what may follow it. */
export type Verdict =
  /** The caller gets it. */
  | { readonly kind: "success" }
  /** Sending it again would not help. */
  | { readonly kind: "failed"; readonly retryAfterMs: number | undefined }
  /** It may work soon; where `notApplied`, even an unsafe write may be sent again. */
  | { readonly kind: "transient"; readonly retryAfterMs: number | undefined; readonly notApplied: boolean }
  /** The provider wants fewer requests. It did not execute this one. */
  | { readonly kind: "throttled"; readonly retryAfterMs: number | undefined; readonly notApplied: true }
  /** The credential was refused: a refreshable one is refreshed, once. */
  | { readonly kind: "reauthenticate"; readonly retryAfterMs: undefined };

const success: Verdict = { kind: "success" };
const failed: Verdict = { kind: "failed", retryAfterMs: undefined };

function holds(when: ReplyCondition, reply: Reply): boolean {
  const { status, headers, body } = when;
  if (status !== undefined && !(typeof status === "number" ? status === reply.status : status.includes(reply.status))) {
    return false;
  }
  for (const name in headers) {
    const value = reply.headers.get(name);
    if (value === null || (headers[name] !== true && headers[name] !== value)) return false;
  }
  if (body === undefined) return true;
  const value = readPath(replyJson(reply), body.at);
  if ("equals" in body) return value === body.equals;
  if ("oneOf" in body) return (body.oneOf as readonly unknown[]).includes(value);
  return typeof value === "string" && value.includes(body.contains);
}

function fromStatus(status: number): Verdict["kind"] {
  if ((status >= 200 && status < 300) || status === 304) return "success";
  if (status === 429) return "throttled";
  if (status === 401) return "reauthenticate";
  // 501 and 505 say that it will never work.
  if (status === 408 || status === 425 || (status >= 500 && status !== 501 && status !== 505)) return "transient";
  return "failed";
}

function verdict(kind: Verdict["kind"], reply: Reply, nowMs: number, rule?: RetryRule): Verdict {
  if (kind === "success") return success;
  if (kind === "reauthenticate") return { kind, retryAfterMs: undefined };
  const retryAfterMs = parseRetryAfter(reply.headers, nowMs) ?? rule?.waitMs;
  if (kind === "failed") return retryAfterMs === undefined ? failed : { kind, retryAfterMs };
  if (kind === "throttled") return { kind, retryAfterMs, notApplied: true };
  return { kind, retryAfterMs, notApplied: rule?.notApplied ?? false };
}

/** Reads an answer: the provider's verdict header first, then the profile's rules in order, then the status. */
export function classifyReply(reply: Reply, facts: ProviderProfile["retry"], nowMs: number): Verdict {
  const byStatus = fromStatus(reply.status);
  const word = facts?.verdictHeader && byStatus !== "success" ? reply.headers.get(facts.verdictHeader) : null;
  if (word === "false") return verdict("failed", reply, nowMs);
  if (word === "true") return verdict(byStatus === "throttled" ? byStatus : "transient", reply, nowMs);
  for (const rule of facts?.rules ?? []) {
    if (holds(rule.when, reply)) return verdict(rule.verdict, reply, nowMs, rule);
  }
  return verdict(byStatus, reply, nowMs);
}

/** Reads what was thrown: a lost connection or a timed-out attempt is transient, anything else is the caller's. */
export function classifyError(error: unknown): Verdict {
  const lost = NetworkError.isInstance(error) || (TimeoutError.isInstance(error) && error.limit === "attempt");
  return lost ? { kind: "transient", retryAfterMs: undefined, notApplied: !error.maybeSent } : failed;
}
