import { type Attempt, CallError, OutcomeUnknownError } from "../errors/call-errors.js";
import type { Call } from "../pipeline/call.js";
import type { Policy } from "../pipeline/policy.js";
import type { Reply } from "../pipeline/reply.js";
import type { Verdict } from "../pipeline/verdict.js";
import type { Clock } from "../platform/clock.js";
import type { Random } from "../platform/random.js";
import { backoffMs } from "../retry/backoff.js";
import { classifyError } from "../retry/classify.js";
import type { RetryBudget } from "../retry/retry-budget.js";

/** The reply of an attempt, or what it threw. */
interface AttemptResult {
  readonly reply?: Reply;
  readonly error?: unknown;
  readonly verdict: Verdict;
}

/** What is thrown to the caller: the error with the history of the call; of a write that was sent, that its outcome is unknown. */
function toCallError({ operation: { id, safety } }: Call, error: unknown, attempts: readonly Attempt[]): unknown {
  if (!CallError.isInstance(error)) return error;
  error.attempts = attempts;
  if (!error.maybeSent || safety !== "unsafe") return error;
  const message = "the response was lost, and the write may have been applied: check before you send it again.";
  return new OutcomeUnknownError(message, { operation: id, attempts, cause: error });
}

/**
 * Sends a call again where that can help and does no harm: after a transient failure or a throttled response, up to
 * `maxAttempts`, within the deadline and the retry budget, and never earlier than the provider asked.
 */
export function retry(budget: RetryBudget, clock: Clock, random: Random): Policy {
  return {
    name: "retry",
    async send(call, next) {
      const { settings, deadline, tenant, operation, signal, body } = call;
      const budgetKey = `${tenant?.id} ${operation.baseUrl}`;
      const attempts: Attempt[] = [];
      let failures = 0;
      let current = call;

      /** How long to wait before another attempt; undefined where the call is over. */
      const nextWaitMs = ({ kind, retryAfterMs, notApplied }: Verdict) => {
        if (signal.aborted || body?.kind === "one-shot") return undefined;
        if (kind === "reauthenticate") {
          // Once: from then on there is one more attempt than failures.
          return tenant?.refreshable && failures === attempts.length ? 0 : undefined;
        }
        failures += 1;
        if (kind !== "transient" && kind !== "throttled") return undefined;
        if (operation.safety === "unsafe" && !notApplied) return undefined;
        if (failures >= settings.maxAttempts || (retryAfterMs ?? 0) > settings.maxRetryAfterMs) return undefined;
        const delayMs = backoffMs({ kind, failures, retryAfterMs }, random);
        const isInTime = clock.monotonic() + delayMs < deadline.atMs;
        return isInTime && budget.take(budgetKey, kind) ? delayMs : undefined;
      };

      try {
        for (;;) {
          const startedAtMs = clock.now();
          const startedAt = clock.monotonic();
          const { reply, error, verdict } = await next(current).then(
            (reply): AttemptResult => ({ reply, verdict: reply.verdict }),
            (error: unknown): AttemptResult => ({ error, verdict: classifyError(error) }),
          );
          const { kind } = verdict;
          const durationMs = clock.monotonic() - startedAt;
          const waitedMs = nextWaitMs(verdict);
          if (kind === "success") budget.refund(budgetKey, attempts.at(-1)?.verdict);
          const number = current.attempt;
          attempts.push({ number, startedAtMs, durationMs, status: reply?.status, verdict: kind, waitedMs });
          if (waitedMs === undefined) {
            if (reply) return { ...reply, attempts };
            throw error;
          }
          if (waitedMs > 0) await clock.sleep(waitedMs, signal);
          current = { ...call, attempt: number + 1, refreshCredential: kind === "reauthenticate" };
        }
      } catch (error) {
        throw toCallError(call, error, attempts);
      }
    },
  };
}
