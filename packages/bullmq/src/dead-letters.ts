import { ConfigurationError, type DeadLetter, type WebhookEvent } from "@connectry/core/webhooks";

/** The part of a failed job that is used. */
export interface FailedJobLike {
  readonly id?: string | undefined;
  readonly data: unknown;
  readonly failedReason: string;
  readonly attemptsMade: number;
  readonly finishedOn?: number | undefined;
  retry(
    state: "failed",
    options: { readonly resetAttemptsMade: boolean; readonly resetAttemptsStarted: boolean },
  ): Promise<void>;
}

/** The part of BullMQ's `Queue` that lists failed jobs. */
export interface FailedQueueLike {
  getFailed(start: number, end: number): Promise<readonly (FailedJobLike | undefined)[]>;
}

const pageSize = 100;

/** Lists the dead letters of a queue, the latest first. An event that is replayed meanwhile is not listed twice. Rejects with a ConfigurationError where the queue is missing. */
export async function deadLetters(queue: FailedQueueLike): Promise<readonly DeadLetter[]> {
  if (queue === undefined) throw new ConfigurationError("deadLetters: pass the `Queue` of BullMQ.");
  const letters: DeadLetter[] = [];
  for (let start = 0; ; start += pageSize) {
    const jobs = await queue.getFailed(start, start + pageSize - 1);
    for (const job of jobs) {
      if (job === undefined) continue;
      letters.push({
        event: job.data as WebhookEvent,
        reason: job.failedReason,
        attempts: job.attemptsMade,
        failedAtMs: job.finishedOn,
        replay: () => job.retry("failed", { resetAttemptsMade: true, resetAttemptsStarted: true }),
      });
    }
    if (jobs.length < pageSize) return letters;
  }
}
