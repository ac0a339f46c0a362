/** Waiters in the order of their coming, each key in turn: who waits much does not make others wait. */
export interface FairQueue<T> {
  readonly size: number;
  /** Who is next; undefined where no one waits. */
  readonly first: T | undefined;
  /** How many come before one more of a key, at the least. */
  ahead(key: string): number;
  /** Puts one at the end of its key's line, and returns what takes it out again. */
  add(key: string, waiter: T): () => void;
  /** Takes the next one out. */
  shift(): T | undefined;
}

/** FIFO within a key, round-robin between keys; a step takes microseconds for as long as some ten thousand wait. */
export function createFairQueue<T>(): FairQueue<T> {
  // The first line is the one whose turn it is; one that was served goes to the end. Empty lines are not kept.
  const lines = new Map<string, Set<T>>();
  let size = 0;
  const remove = (key: string, waiter: T) => {
    const line = lines.get(key);
    if (!line?.delete(waiter)) return;
    size -= 1;
    if (line.size === 0) lines.delete(key);
  };
  const next = () => {
    for (const [key, line] of lines) for (const waiter of line) return { key, line, waiter };
    return undefined;
  };
  return {
    get size() {
      return size;
    },
    get first() {
      return next()?.waiter;
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
      return () => remove(key, waiter);
    },
    shift() {
      const turn = next();
      if (turn === undefined) return undefined;
      remove(turn.key, turn.waiter);
      if (lines.delete(turn.key)) lines.set(turn.key, turn.line);
      return turn.waiter;
    },
  };
}
