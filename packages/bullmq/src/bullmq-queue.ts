import {
  ConfigurationError,
  defaultKeepMs,
  type QueueOptions,
  resolveQueueOptions,
  storeWithin,
  type WebhookEvent,
  type WebhookQueue,
} from "@connectry/core/webhooks";

/** The part of BullMQ's `Queue` that is used. */
export interface BullmqQueueLike {
  add(name: string, data: WebhookEvent, options: Readonly<Record<string, unknown>>): Promise<unknown>;
}

/** Options of a queue of events. */
export interface BullmqQueueOptions extends QueueOptions {
  /** How long an event is known after it was processed, in milliseconds, so that it is not queued again. @default 76 hours */
  readonly keepMs?: number;
}

/** The id of an event's job. BullMQ rejects ids that contain a colon or are an integer. */
export function jobIdOf({ provider, id }: Pick<WebhookEvent, "provider" | "id">): string {
  return `${provider}-${encodeURIComponent(id)}`;
}

/**
 * Stores events in a queue of BullMQ, from which a `Worker` with `webhookProcessor(webhooks, { on })` processes them. An event is
 * one job, however often it is delivered, as long as BullMQ knows the job. `add` rejects where Redis does not store the event
 * within `timeoutMs`.
 * @throws ConfigurationError where the queue is missing.
 */
export function bullmqQueue(queue: BullmqQueueLike, options: BullmqQueueOptions = {}): WebhookQueue {
  if (queue === undefined) throw new ConfigurationError("bullmqQueue: pass the `Queue` of BullMQ.");
  const { attempts, backoffMs, timeoutMs } = resolveQueueOptions(options);
  const { keepMs = defaultKeepMs } = options;
  const jobOptions = {
    attempts,
    backoff: { type: "exponential", delay: backoffMs },
    removeOnComplete: { age: Math.ceil(keepMs / 1_000) },
    // A job whose last attempt failed is kept, as a dead letter.
    removeOnFail: false,
  };
  return {
    add: (event) =>
      storeWithin(timeoutMs, "check the connection of BullMQ to Redis", () =>
        queue.add(event.type, event, { ...jobOptions, jobId: jobIdOf(event) }),
      ),
  };
}
