import { CallError } from "../errors/call-error.js";
import { OutcomeUnknownError } from "../errors/outcome-unknown-error.js";
import type { Call } from "../pipeline/call.js";
import type { Policy } from "../pipeline/policy.js";
import type { Attempt, Reply } from "../pipeline/reply.js";
import type { Clock } from "../platform/clock.js";
import type { Random } from "../platform/random.js";
import { waitMs } from "../retry/backoff.js";
import { classifyError, type Judge, type Verdict } from "../retry/classify.js";
import type { RetryBudget } from "../retry/retry-budget.js";

/** What an attempt came to. */
interface Ending {
  readonly reply?: Reply;
  readonly error?: unknown;
  readonly verdict: Verdict;
}

/** What the caller is told: the error with the history of the call; of a write that was sent, that its outcome is open. */
function blame({ operation: { id, safety } }: Call, error: unknown, attempts: readonly Attempt[]): unknown {
  if (!CallError.isInstance(error)) return error;
  error.attempts = attempts;
  if (!error.maybeSent || safety !== "unsafe") return error;
  const message = "the answer was lost, and it may have been applied: look before sending it again.";
  return new OutcomeUnknownError(message, { operation: id, attempts, cause: error });
}

/**
 * Sends a call again while that can help and can do no harm: after a transient failure or a throttled answer, up to
 * `maxAttempts`, within the deadline and the retry budget, and never earlier than the provider asked.
 */
export function retry(judge: Judge, budget: RetryBudget, clock: Clock, random: Random): Policy {
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
        if ((kind !== "transient" && kind !== "throttled") || (operation.safety === "unsafe" && !notApplied))
          return undefined;
        if (failures >= settings.maxAttempts || (retryAfterMs ?? 0) > settings.maxRetryAfterMs) return undefined;
        const delayMs = waitMs(kind, failures, retryAfterMs, random);
        const inTime = clock.monotonic() + delayMs < deadline.atMs;
        return inTime && budget.take(budgetKey, kind) ? delayMs : undefined;
      };

      try {
        for (;;) {
          const startedAtMs = clock.now();
          const startedAt = clock.monotonic();
          const { reply, error, verdict } = await next(current).then(
            (reply): Ending => ({ reply, verdict: judge(reply, clock.now()) }),
            (error: unknown): Ending => ({ error, verdict: classifyError(error) }),
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
        throw blame(call, error, attempts);
      }
    },
  };
}
