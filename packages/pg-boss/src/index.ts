export type { DeadLetter } from "@connectry/core/webhooks";
export type { PgBossDeadJobLike, PgBossJobLike, PgBossLike, QueueName, QueueSettings } from "./boss.js";
export { deadLetters } from "./dead-letters.js";
export type { ImportPgBoss, PgBossCommandOptions, StartedPgBossLike } from "./open-boss.js";
export { type PgBossQueueOptions, pgBossQueue } from "./pg-boss-queue.js";
export { type PgBossWorker, type PgBossWorkerOptions, pgBossWorker } from "./pg-boss-worker.js";
export { replayCommand } from "./replay-command.js";
