import { defaultKeepMs, type WebhookEvent, type WebhookQueue } from "@connectry/core/webhooks";

/** What of a `Queue` of BullMQ is used. */
export interface BullmqQueueLike {
  add(name: string, data: WebhookEvent, options: Readonly<Record<string, unknown>>): Promise<unknown>;
}

/** Options of a queue of events. */
export interface BullmqQueueOptions {
  /** How often a worker tries an event before it becomes a dead letter. @default 8 */
  readonly attempts?: number;
  /** The wait before the second attempt, in milliseconds; it doubles each time. @default 1,000 */
  readonly backoffMs?: number;
  /** How long an event is known after its work is done, in milliseconds, so that it is not queued again. @default 76 hours */
  readonly keepMs?: number;
  /** How long Redis may take to keep an event, in milliseconds; then the provider is told to deliver again. @default 5,000 */
  readonly timeoutMs?: number;
}

/** The id of an event's job. BullMQ's ids hold no colon, and are no mere number. */
export function jobIdOf({ provider, id }: Pick<WebhookEvent, "provider" | "id">): string {
  return `${provider}-${encodeURIComponent(id)}`;
}

/**
 * Keeps events in a queue of BullMQ, where a worker takes them: `new Worker(name, webhookProcessor({ on }), ...)`. An
 * event is one job, however often it is delivered, for as long as BullMQ knows the job.
 */
export function bullmqQueue(queue: BullmqQueueLike, options: BullmqQueueOptions = {}): WebhookQueue {
  const { attempts = 8, backoffMs = 1_000, keepMs = defaultKeepMs, timeoutMs = 5_000 } = options;
  const jobOptions = {
    attempts,
    backoff: { type: "exponential", delay: backoffMs },
    removeOnComplete: { age: Math.ceil(keepMs / 1_000) },
    // What failed for good stays: it is the dead letter.
    removeOnFail: false,
  };
  return {
    async add(event) {
      let timer: ReturnType<typeof setTimeout> | undefined;
      // Without Redis BullMQ's client would wait for it, and the provider for us.
      const late = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new Error(`BullMQ did not keep the event within ${timeoutMs} ms.`)), timeoutMs);
      });
      try {
        await Promise.race([queue.add(event.type, event, { ...jobOptions, jobId: jobIdOf(event) }), late]);
      } finally {
        clearTimeout(timer);
      }
    },
  };
}
