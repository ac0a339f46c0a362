/** A queue that is FIFO within a key and serves the keys in turn, so that a key with many waiters does not delay others. */
export interface FairQueue<T> {
  readonly size: number;
  /** The next waiter; undefined where there is none. */
  readonly first: T | undefined;
  /** The least number of waiters that are served before one more of a key. */
  ahead(key: string): number;
  /** Adds a waiter at the end of its key's line, and returns a function that removes it. */
  add(key: string, waiter: T): () => void;
  /** Passes the turn to the next key. */
  rotate(): void;
}

/** FIFO within a key, round-robin between keys; an operation takes microseconds up to some ten thousand waiters. */
export function createFairQueue<T>(): FairQueue<T> {
  // The first line is the one whose turn it is. Empty lines are removed.
  const lines = new Map<string, Set<T>>();
  let size = 0;
  return {
    get size() {
      return size;
    },
    get first() {
      for (const line of lines.values()) for (const waiter of line) return waiter;
      return undefined;
    },
    ahead(key) {
      const own = lines.get(key)?.size ?? 0;
      let count = 0;
      for (const line of lines.values()) count += Math.min(line.size, own);
      return count;
    },
    add(key, waiter) {
      const line = lines.get(key) ?? new Set();
      lines.set(key, line.add(waiter));
      size += 1;
      return () => {
        line.delete(waiter);
        size -= 1;
        if (line.size === 0) lines.delete(key);
      };
    },
    rotate() {
      if (lines.size < 2) return;
      for (const [key, line] of lines) {
        lines.delete(key);
        lines.set(key, line);
        return;
      }
    },
  };
}
