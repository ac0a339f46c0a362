/** Bounds of each bulkhead. */
export interface BulkheadOptions {
  /** Attempts at once, per tenant and bucket. */
  readonly concurrency: number;
  /** Calls that may wait to be let out. */
  readonly maxQueued: number;
}

/** The slots of one tenant's bucket, shared by the lines in which its calls wait. */
export interface Bulkhead {
  /** Slots that are taken. */
  running: number;
  /** Calls that wait in any line. */
  waiting: number;
  /** What lets each line look whether a slot is for it; the one that was served longest ago comes first. */
  readonly lines: Set<() => void>;
}

/** A bulkhead whose slots are all free. */
export function createBulkhead(): Bulkhead {
  return { running: 0, waiting: 0, lines: new Set() };
}
