import { createHash } from "node:crypto";
import {
  ConfigurationError,
  defaultKeepMs,
  type QueueOptions,
  resolveQueueOptions,
  storeWithin,
  type WebhookEvent,
  type WebhookQueue,
} from "@connectry/core/webhooks";
import { createQueues, type PgBossLike, type QueueName } from "./boss.js";

/** Options of a queue of events. pg-boss counts `backoffMs`, `keepMs` and `maxProcessingMs` in whole seconds, rounded up. */
export interface PgBossQueueOptions extends QueueOptions, QueueName {
  /** How long an event is known after it was processed, in milliseconds, so that it is not queued again. @default 76 hours */
  readonly keepMs?: number | undefined;
  /**
   * How long a worker may take for an event, in milliseconds. After that it is tried again, because the worker may have ended.
   * @default 900,000
   */
  readonly maxProcessingMs?: number | undefined;
}

/** The id of an event's job: a UUID of version 8 (RFC 9562, section 5.8) made from its provider and id. */
export function jobIdOf({ provider, id }: Pick<WebhookEvent, "provider" | "id">): string {
  const bytes = createHash("sha256").update(`${provider}:${id}`).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

const seconds = (ms: number) => Math.max(1, Math.ceil(ms / 1_000));

/**
 * Stores events in a queue of pg-boss, in PostgreSQL, from which `pgBossWorker` processes them. An event is one job, however often
 * it is delivered, as long as pg-boss knows the job. The queue is created with the first event, and has these options from then on. `add` rejects where PostgreSQL does
 * not store the event within `timeoutMs`.
 * @throws ConfigurationError where the `PgBoss` is missing.
 */
export function pgBossQueue(boss: PgBossLike, options: PgBossQueueOptions = {}): WebhookQueue {
  if (boss === undefined) throw new ConfigurationError("pgBossQueue: pass the started `PgBoss`.");
  const { name = "webhooks", keepMs = defaultKeepMs, maxProcessingMs = 900_000 } = options;
  const { attempts, backoffMs, timeoutMs } = resolveQueueOptions(options);
  const settings = {
    retryLimit: attempts - 1,
    retryDelay: seconds(backoffMs),
    retryBackoff: true,
    expireInSeconds: seconds(maxProcessingMs),
    deleteAfterSeconds: seconds(keepMs),
  };
  let created: Promise<void> | undefined;
  const create = () => {
    created ??= createQueues(boss, name, settings).catch((error) => {
      created = undefined;
      throw error;
    });
    return created;
  };
  return {
    add: (event) =>
      storeWithin(timeoutMs, "check the connection of pg-boss to PostgreSQL", async () => {
        await create();
        // Resolves to null where the job exists.
        await boss.send(name, event, { id: jobIdOf(event) });
      }),
  };
}
