/** The part of a job of pg-boss that is used. */
export interface PgBossJobLike {
  readonly data: unknown;
  readonly signal?: AbortSignal | undefined;
}

/** The part of a dead letter of pg-boss that is used. */
export interface PgBossDeadJobLike {
  readonly id: string;
  readonly data: unknown;
  readonly createdOn: Date;
  readonly sourceRetryCount?: number | null;
  readonly sourceOutput?: object | null;
}

/** Settings of a queue. */
export interface QueueSettings {
  readonly retentionSeconds?: number;
  readonly deadLetter?: string;
  readonly retryLimit?: number;
  readonly retryDelay?: number;
  readonly retryBackoff?: boolean;
  readonly expireInSeconds?: number;
  readonly deleteAfterSeconds?: number;
}

/** The part of a `PgBoss` that is used. It must be started. */
export interface PgBossLike {
  createQueue(name: string, options: QueueSettings): Promise<void>;
  updateQueue(name: string, options: QueueSettings): Promise<void>;
  send(name: string, data: object, options: Readonly<Record<string, unknown>>): Promise<string | null>;
  work(
    name: string,
    options: { readonly localConcurrency: number; readonly pollingIntervalSeconds: number },
    handler: (jobs: PgBossJobLike[]) => Promise<unknown>,
  ): Promise<string>;
  offWork(name: string, options: { readonly id: string; readonly wait: boolean }): Promise<void>;
  findJobs(
    name: string,
    options: { readonly queued: boolean; readonly limit: number; readonly after?: string },
  ): Promise<readonly PgBossDeadJobLike[]>;
  redrive(name: string, options: { readonly ids: string[] }): Promise<number>;
}

/** Where the events are. */
export interface QueueName {
  /** The name of the queue. That of its dead letters ends in `.dead`. @default "webhooks" */
  readonly name?: string | undefined;
}

/** How long what nobody processes is kept, in seconds: ten years. pg-boss would delete it after 14 days. */
export const retentionSeconds = 315_360_000;

/** The name of the queue of dead letters. */
export const deadQueueOf = (name: string) => `${name}.dead`;

/**
 * Creates the queue and that of its dead letters, where they are missing, and sets its settings, where they are given. A job that is
 * replayed has those of its queue.
 */
export async function createQueues(boss: PgBossLike, name: string, settings?: QueueSettings): Promise<void> {
  const deadLetter = deadQueueOf(name);
  await boss.createQueue(deadLetter, { retentionSeconds });
  await boss.createQueue(name, { retentionSeconds, deadLetter });
  if (settings !== undefined) await boss.updateQueue(name, { retentionSeconds, deadLetter, ...settings });
}
