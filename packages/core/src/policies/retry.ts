import type { ProviderProfile } from "../connector/profile.js";
import { CallError } from "../errors/call-error.js";
import { NetworkError } from "../errors/network-error.js";
import { OutcomeUnknownError } from "../errors/outcome-unknown-error.js";
import { TimeoutError } from "../errors/timeout-error.js";
import type { Call } from "../pipeline/call.js";
import type { Policy } from "../pipeline/policy.js";
import type { Attempt, Reply } from "../pipeline/reply.js";
import type { Clock } from "../platform/clock.js";
import type { Random } from "../platform/random.js";
import { backoffMs, waitMs } from "../retry/backoff.js";
import { classifyError, classifyReply, type Verdict } from "../retry/classify.js";
import type { RetryBudget } from "../retry/retry-budget.js";

/** What `retry` stands on. */
export interface RetryDependencies {
  readonly facts: ProviderProfile["retry"];
  readonly budget: RetryBudget;
  readonly clock: Clock;
  readonly random: Random;
}

type Ending = { readonly reply: Reply } | { readonly error: unknown };
type Resendable = Extract<Verdict, { notApplied: boolean }>;

/** Whether sending the call again can do no harm. */
function mayResend(call: Call, verdict: Verdict): verdict is Resendable {
  if (verdict.kind !== "transient" && verdict.kind !== "throttled") return false;
  if (call.body?.kind === "one-shot") return false;
  return call.operation.safety !== "unsafe" || verdict.notApplied;
}

/** Hands the last attempt to the caller, with the history of all. */
function finish(call: Call, ending: Ending, attempts: readonly Attempt[]): Reply {
  if ("reply" in ending) return { ...ending.reply, attempts };
  const { error } = ending;
  if (!CallError.isInstance(error)) throw error;
  error.attempts = attempts;
  const lost = NetworkError.isInstance(error) || TimeoutError.isInstance(error);
  if (!lost || !error.maybeSent || call.operation.safety !== "unsafe") throw error;
  throw new OutcomeUnknownError(
    `${call.operation.id} was sent and its answer was lost (${error.message}). It may have been applied: look before sending it again.`,
    { operation: call.operation.id, attempts, cause: error },
  );
}

/**
 * Sends a call again while that can help and can do no harm: after a transient failure or a throttled answer, up to
 * `maxAttempts`, within the deadline and the retry budget, and never earlier than the provider asked.
 */
export function retry({ facts, budget, clock, random }: RetryDependencies): Policy {
  return {
    name: "retry",
    async send(call, next) {
      const { settings, tenant, deadline } = call;
      const budgetKey = `${tenant?.id} ${call.operation.baseUrl}`;
      const attempts: Attempt[] = [];
      let current = call;
      let spent = 0;
      for (;;) {
        const startedAtMs = clock.now();
        const startedAt = clock.monotonic();
        let ending: Ending;
        let verdict: Verdict;
        try {
          const reply = await next(current);
          ending = { reply };
          verdict = classifyReply(reply, facts, clock.now());
        } catch (error) {
          ending = { error };
          verdict = classifyError(error);
        }
        const number = current.attempt;
        const status = "reply" in ending ? ending.reply.status : undefined;
        const record = (waitedMs: number | undefined) => {
          const durationMs = clock.monotonic() - startedAt;
          attempts.push({ number, startedAtMs, durationMs, status, verdict: verdict.kind, waitedMs });
        };
        const refresh = verdict.kind === "reauthenticate" && tenant?.refreshable === true && !current.refreshCredential;
        if (refresh && call.body?.kind !== "one-shot") {
          record(0);
          current = { ...call, attempt: number + 1, refreshCredential: true };
          continue;
        }
        if (verdict.kind === "success") budget.refund(budgetKey, spent);
        const mended = current.refreshCredential ? 1 : 0;
        if (call.signal.aborted || number - mended >= settings.maxAttempts || !mayResend(call, verdict)) {
          record(undefined);
          return finish(call, ending, attempts);
        }
        const delayMs = waitMs(verdict.retryAfterMs, backoffMs(verdict.kind, number, random), random);
        const tooLong = (verdict.retryAfterMs ?? 0) > settings.maxRetryAfterMs;
        const tooLate = clock.monotonic() + delayMs >= deadline.atMs;
        const price = tooLong || tooLate ? 0 : budget.take(budgetKey, verdict.kind);
        if (price === 0) {
          record(undefined);
          return finish(call, ending, attempts);
        }
        spent = price;
        record(delayMs);
        try {
          await clock.sleep(delayMs, call.signal);
        } catch (error) {
          return finish(call, { error }, attempts);
        }
        current = { ...current, attempt: number + 1 };
      }
    },
  };
}
