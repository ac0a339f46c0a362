import pLimit, { type LimitFunction } from "p-limit";
import { QueueFullError } from "../errors/queue-full-error.js";
import type { Call } from "../pipeline/call.js";
import { onBodyEnd } from "../pipeline/on-body-end.js";
import type { Next, Policy } from "../pipeline/policy.js";
import type { Reply } from "../pipeline/reply.js";

/** Bounds of each bulkhead. */
export interface ConcurrencyOptions {
  /** Attempts at once, per tenant and bucket. */
  readonly concurrency: number;
  /** Calls that may wait for that. */
  readonly maxQueued: number;
}

interface Bulkhead {
  readonly limit: LimitFunction;
  /** Callers that still wait: those that gave up are not counted. */
  waiting: number;
  running: number;
}

/** At most `concurrency` attempts at once per tenant and bucket, and at most `maxQueued` waiting for that. */
export function concurrency({ concurrency: slots, maxQueued }: ConcurrencyOptions): Policy {
  const bulkheads = new Map<string, Bulkhead>();
  return {
    name: "concurrency",
    async send(call, next) {
      const key = `${call.tenant?.id} ${call.operation.bucket}`;
      const bulkhead = bulkheads.get(key) ?? { limit: pLimit(slots), waiting: 0, running: 0 };
      bulkheads.set(key, bulkhead);
      if (bulkhead.running + bulkhead.waiting >= slots + maxQueued) {
        throw new QueueFullError(
          `${call.operation.id}: ${maxQueued} calls already wait for one of ${slots} slots. Send fewer at once, or raise \`maxQueued\`.`,
          { operation: call.operation.id },
        );
      }
      const forget = () => {
        if (bulkhead.running + bulkhead.waiting === 0) bulkheads.delete(key);
      };
      return enter(bulkhead, call, next, forget);
    },
  };
}

/** p-limit cannot drop a waiter, so one that gave up stays in its queue as a turn that does nothing. */
function enter(bulkhead: Bulkhead, call: Call, next: Next, forget: () => void): Promise<Reply> {
  return new Promise((resolve, reject) => {
    let waiting = true;
    const stopWaiting = () => {
      waiting = false;
      bulkhead.waiting -= 1;
      call.signal.removeEventListener("abort", giveUp);
    };
    const giveUp = () => {
      stopWaiting();
      forget();
      reject(call.signal.reason);
    };
    bulkhead.waiting += 1;
    if (call.signal.aborted) return giveUp();
    call.signal.addEventListener("abort", giveUp, { once: true });
    void bulkhead.limit(async () => {
      if (!waiting) return;
      stopWaiting();
      bulkhead.running += 1;
      try {
        const reply = await next(call);
        // A stream holds its slot to the end.
        await new Promise<void>((release) => resolve(onBodyEnd(reply, release)));
      } catch (error) {
        reject(error);
      } finally {
        bulkhead.running -= 1;
        forget();
      }
    });
  });
}
