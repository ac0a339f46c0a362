/** Bounds of each bulkhead. */
export interface BulkheadOptions {
  /** Attempts at once, per tenant and bucket. */
  readonly concurrency: number;
  /** Calls that may wait to be let out. */
  readonly maxQueued: number;
}

/** The slots of one tenant's bucket, shared by the lines in which its calls wait. */
export interface Bulkhead {
  /** Calls that wait in any line. */
  waiting: number;
  readonly isFull: boolean;
  /** Whether nothing of it is in use. */
  readonly isIdle: boolean;
  /** Takes a slot for a line, whose turn comes after that of all others. */
  enter(line: () => void): void;
  /** Gives a slot back: lines that wait look whether it is for them, the one that was served longest ago first. */
  readonly leave: () => void;
  /** A line waits, or does so no longer. */
  setWaiting(line: () => void, waits: boolean): void;
}

/** Makes a bulkhead whose slots are all free. */
export function createBulkhead(slots: number): Bulkhead {
  const lines = new Set<() => void>();
  let running = 0;
  return {
    waiting: 0,
    get isFull() {
      return running >= slots;
    },
    get isIdle() {
      return running === 0 && lines.size === 0;
    },
    enter(line) {
      running += 1;
      if (lines.delete(line)) lines.add(line);
    },
    leave() {
      running -= 1;
      for (const line of [...lines]) line();
    },
    setWaiting(line, waits) {
      if (waits) lines.add(line);
      else lines.delete(line);
    },
  };
}
