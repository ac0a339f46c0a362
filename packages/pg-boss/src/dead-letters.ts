import { ConfigurationError, type DeadLetter, type WebhookEvent } from "@connectry/core/webhooks";
import { createQueues, deadQueueOf, type PgBossLike, type QueueName } from "./boss.js";

const pageSize = 1_000;

/** Lists the dead letters of a queue, the oldest first. Rejects with a ConfigurationError where the `PgBoss` is missing. */
export async function deadLetters(
  boss: PgBossLike,
  { name = "webhooks" }: QueueName = {},
): Promise<readonly DeadLetter[]> {
  if (boss === undefined) throw new ConfigurationError("deadLetters: pass the started `PgBoss`.");
  await createQueues(boss, name);
  const queue = deadQueueOf(name);
  const letters: DeadLetter[] = [];
  for (let after: string | undefined; ; ) {
    const page = { queued: true, limit: pageSize, ...(after === undefined ? {} : { after }) };
    const jobs = await boss.findJobs(queue, page);
    for (const { id, data, createdOn, sourceRetryCount, sourceOutput } of jobs) {
      letters.push({
        event: data as WebhookEvent,
        reason: String((sourceOutput as { readonly message?: unknown } | null | undefined)?.message ?? ""),
        attempts: (sourceRetryCount ?? 0) + 1,
        failedAtMs: createdOn.getTime(),
        async replay() {
          if ((await boss.redrive(queue, { ids: [id] })) === 0) throw new Error(`the dead letter ${id} is gone`);
        },
      });
    }
    after = jobs.at(-1)?.id;
    if (jobs.length < pageSize) return letters;
  }
}
