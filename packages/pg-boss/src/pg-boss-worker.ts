import {
  ConfigurationError,
  type EventRoutes,
  processQueued,
  type WebhookEvent,
  type Webhooks,
} from "@connectry/core/webhooks";
import { createQueues, type PgBossLike, type QueueName } from "./boss.js";

/** Options of a worker. Required is one of `on` and `otherwise`. */
export interface PgBossWorkerOptions<Events> extends EventRoutes<Events>, QueueName {
  /** How many events are processed at once. @default 1 */
  readonly concurrency?: number | undefined;
  /** How often PostgreSQL is asked for new events, in seconds, at least 0.5. @default 2 */
  readonly pollingIntervalSeconds?: number | undefined;
}

/** A running worker. */
export interface PgBossWorker {
  /** Stops taking events, and resolves when those under way have ended. */
  close(): Promise<void>;
}

/**
 * Starts a worker: it calls the handler of `on` for an event's name, or `otherwise`. An event whose handler rejects, or whose worker
 * ends or takes longer than `maxProcessingMs`, is tried again, so a handler may run more than once for an event. The second
 * argument, a connector's `webhooks`, only types the events. Rejects with a ConfigurationError where an argument is missing.
 */
export async function pgBossWorker<Events>(
  boss: PgBossLike,
  _webhooks: Webhooks<Events>,
  options: NoInfer<PgBossWorkerOptions<Events>>,
): Promise<PgBossWorker> {
  if (boss === undefined) throw new ConfigurationError("pgBossWorker: pass the started `PgBoss`.");
  const process = processQueued("pgBossWorker", options);
  const { name = "webhooks", concurrency = 1, pollingIntervalSeconds = 2 } = options;
  await createQueues(boss, name);
  const settings = { localConcurrency: concurrency, pollingIntervalSeconds };
  const id = await boss.work(name, settings, async (jobs) => {
    // One, since pg-boss would try a whole batch again.
    for (const { data, signal } of jobs) await process(data as WebhookEvent, signal);
  });
  return { close: () => boss.offWork(name, { id, wait: true }) };
}
