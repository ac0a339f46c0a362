import type { Pool } from "./pool.js";

/** The bounds of each bulkhead. */
export interface BulkheadOptions {
  /** How many attempts may be under way at once, per tenant and bucket. */
  readonly concurrency: number;
  /** How many calls may wait for admission. */
  readonly maxQueued: number;
  /** The slots that it shares with others. */
  readonly pool?: Pool | undefined;
}

/** The slots of one tenant's bucket, or of a documented limit, shared by the queues in which its calls wait. */
export interface Bulkhead {
  /** How many slots there are. */
  readonly concurrency: number;
  /** Slots that are taken. */
  running: number;
  /** Calls that wait in any queue. */
  waiting: number;
  /** Functions by which each queue checks whether it may use a free slot; the queue that was served longest ago is first. */
  readonly queues: Set<() => void>;
}

/** Creates a bulkhead whose slots are all free. */
export function createBulkhead(concurrency: number): Bulkhead {
  return { concurrency, running: 0, waiting: 0, queues: new Set() };
}
