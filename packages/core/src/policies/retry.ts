import { type Attempt, CallError } from "../errors/call-errors.js";
import type { Call } from "../pipeline/call.js";
import type { Policy } from "../pipeline/policy.js";
import type { Reply } from "../pipeline/reply.js";
import type { Verdict } from "../pipeline/verdict.js";
import type { Clock } from "../platform/clock.js";
import type { Random } from "../platform/random.js";
import { backoffMs } from "../retry/backoff.js";
import { classifyError } from "../retry/classify.js";
import { outcomeUnknown } from "../retry/outcome-unknown.js";
import type { RetryBudget } from "../retry/retry-budget.js";

/** The reply of an attempt, or what it threw. */
interface AttemptResult {
  readonly reply?: Reply;
  readonly error?: unknown;
  readonly verdict: Verdict;
}

/** What is known of a call so far. */
interface CallHistory {
  readonly attempts: readonly Attempt[];
  /** An attempt of a write may have been applied. */
  readonly maybeApplied: boolean;
}

/** What is thrown to the caller: the error with the history of the call; of a write that may have been applied, OutcomeUnknownError. */
function toCallError({ settings }: Call, error: unknown, { attempts, maybeApplied }: CallHistory): unknown {
  if (!CallError.isInstance(error)) return error;
  error.attempts = attempts;
  error.idempotencyKey = settings.idempotencyKey;
  return maybeApplied ? outcomeUnknown(error) : error;
}

/**
 * Whether a response settles what became of a write, earlier attempts included: the provider recognizes its idempotency key
 * and responds as it did, or would have done, to the first. Not where it rejects a request before it looks at the key:
 * https://docs.stripe.com/error-low-level#idempotency
 */
function isSettled({ operation }: Call, { reply, verdict }: AttemptResult): boolean {
  const isRejectedEarly = reply?.status === 403 || reply?.status === 409;
  return !!reply && operation.safety === "idempotent-with-key" && verdict.kind === "failed" && !isRejectedEarly;
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
      const isWrite = operation.safety !== "safe";
      let maybeApplied = false;
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
        // Whole, as the clock waits: the record of the attempt says how long that is.
        const delayMs = Math.ceil(backoffMs({ kind, failures, retryAfterMs }, random));
        const isInTime = clock.monotonic() + delayMs < deadline.atMs;
        return isInTime && budget.take(budgetKey, kind) ? delayMs : undefined;
      };

      try {
        for (;;) {
          const startedAtMs = clock.now();
          const startedAt = clock.monotonic();
          let result: AttemptResult;
          try {
            const reply = await next(current);
            result = { reply, verdict: reply.verdict };
          } catch (error) {
            result = { error, verdict: classifyError(error) };
          }
          const { reply, error, verdict } = result;
          const { kind } = verdict;
          maybeApplied = isWrite && (verdict.maybeApplied || (maybeApplied && !isSettled(call, result)));
          const durationMs = clock.monotonic() - startedAt;
          const waitedMs = nextWaitMs(verdict);
          if (kind === "success") budget.refund(budgetKey, attempts.at(-1)?.verdict);
          const number = current.attempt;
          // A limit that refused the call, or a request that no connection could carry, is not an attempt: nothing was sent.
          if (reply || kind === "transient" || verdict.maybeApplied) {
            const { status, requests } = reply ?? {};
            attempts.push({ number, startedAtMs, durationMs, status, verdict: kind, waitedMs, requests });
          }
          if (waitedMs === undefined) {
            if (!reply) throw error;
            const { idempotencyKey } = settings;
            const settled = verdict.maybeApplied === maybeApplied ? verdict : { ...verdict, maybeApplied };
            return { ...reply, attempts, idempotencyKey, verdict: settled };
          }
          if (waitedMs > 0) await clock.sleep(waitedMs, signal);
          current = { ...call, attempt: number + 1, refreshCredential: kind === "reauthenticate" };
        }
      } catch (error) {
        throw toCallError(call, error, { attempts, maybeApplied });
      }
    },
  };
}
