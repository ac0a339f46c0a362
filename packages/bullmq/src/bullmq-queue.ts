import { ConfigurationError, defaultKeepMs, type WebhookEvent, type WebhookQueue } from "@connectry/core/webhooks";

/** The part of BullMQ's `Queue` that is used. */
export interface BullmqQueueLike {
  add(name: string, data: WebhookEvent, options: Readonly<Record<string, unknown>>): Promise<unknown>;
}

/** Options of a queue of events. */
export interface BullmqQueueOptions {
  /** How often a worker tries an event before it becomes a dead letter. @default 8 */
  readonly attempts?: number;
  /** The wait before the second attempt, in milliseconds; it doubles each time. @default 1,000 */
  readonly backoffMs?: number;
  /** How long an event is known after it was processed, in milliseconds, so that it is not queued again. @default 76 hours */
  readonly keepMs?: number;
  /** How long Redis may take to store an event, in milliseconds. After that the event is not accepted. @default 5,000 */
  readonly timeoutMs?: number;
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
  const { attempts = 8, backoffMs = 1_000, keepMs = defaultKeepMs, timeoutMs = 5_000 } = options;
  const jobOptions = {
    attempts,
    backoff: { type: "exponential", delay: backoffMs },
    removeOnComplete: { age: Math.ceil(keepMs / 1_000) },
    // A job whose last attempt failed is kept, as a dead letter.
    removeOnFail: false,
  };
  return {
    async add(event) {
      let timer: ReturnType<typeof setTimeout> | undefined;
      // Without Redis BullMQ's client would wait for it, and the provider for the response.
      const late = new Promise<never>((_, reject) => {
        timer = setTimeout(
          () =>
            reject(
              new Error(
                `BullMQ did not store the event within ${timeoutMs} ms (timeoutMs): check the connection to Redis`,
              ),
            ),
          timeoutMs,
        );
      });
      try {
        await Promise.race([queue.add(event.type, event, { ...jobOptions, jobId: jobIdOf(event) }), late]);
      } finally {
        clearTimeout(timer);
      }
    },
  };
}
