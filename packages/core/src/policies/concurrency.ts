import { QueueFullError } from "../errors/queue-full-error.js";
import { onBodyEnd } from "../pipeline/on-body-end.js";
import type { Policy } from "../pipeline/policy.js";
import { abortable } from "../platform/abortable.js";
import { createFairQueue, type FairQueue } from "../rate-limit/fair-queue.js";

/** Bounds of each bulkhead. */
export interface ConcurrencyOptions {
  /** Attempts at once, per tenant and bucket. */
  readonly concurrency: number;
  /** Calls that may wait for that. */
  readonly maxQueued: number;
}

interface Bulkhead {
  running: number;
  /** Those that wait. One that gives up leaves at once. */
  readonly waiting: FairQueue<() => void>;
}

/** At most `concurrency` attempts at once per tenant and bucket, and at most `maxQueued` waiting for that. */
export function concurrency({ concurrency: slots, maxQueued }: ConcurrencyOptions): Policy {
  // Only those that are in use are held.
  const bulkheads = new Map<string, Bulkhead>();
  return {
    name: "concurrency",
    async send(call, next) {
      call.signal.throwIfAborted();
      const key = `${call.tenant?.id} ${call.operation.bucket}`;
      const bulkhead = bulkheads.get(key) ?? { running: 0, waiting: createFairQueue() };
      const { waiting } = bulkhead;
      if (bulkhead.running < slots) bulkhead.running += 1;
      else {
        if (waiting.size >= maxQueued) {
          const message = `${maxQueued} calls wait already: send fewer, or raise \`maxQueued\`.`;
          throw new QueueFullError(message, { operation: call.operation.id });
        }
        // Whoever leaves hands over the slot.
        await abortable<void>(call.signal, (enter) => waiting.add(call.settings.fairnessKey ?? "", enter));
      }
      bulkheads.set(key, bulkhead);
      const leave = () => {
        const enter = waiting.shift();
        if (enter) enter();
        else if (--bulkhead.running === 0) bulkheads.delete(key);
      };
      try {
        const reply = await next(call);
        // A stream holds its slot to the end.
        onBodyEnd(reply, leave);
        return reply;
      } catch (error) {
        leave();
        throw error;
      }
    },
  };
}
