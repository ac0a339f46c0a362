/** Waiters in the order of their coming, each key in turn: who waits much does not make others wait. */
export interface FairQueue<T> {
  readonly size: number;
  /** Who is next; undefined where no one waits. */
  readonly first: T | undefined;
  /** How many come before one more of a key, at the least. */
  ahead(key: string): number;
  /** Puts one at the end of its key's line, and returns what takes it out again. */
  add(key: string, waiter: T): () => void;
  /** It is the next key's turn. */
  turn(): void;
}

/** FIFO within a key, round-robin between keys; a step takes microseconds for as long as some ten thousand wait. */
export function createFairQueue<T>(): FairQueue<T> {
  // The first line is the one whose turn it is. Empty lines are not kept.
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
    turn() {
      for (const [key, line] of lines) {
        lines.delete(key);
        lines.set(key, line);
        return;
      }
    },
  };
}
