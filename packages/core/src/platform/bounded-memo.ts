const maxBusy = 100_000;
// How many of those that were used longest ago are examined for each new value.
const examined = 8;

/** Values that are created once for each key, up to a bound. */
export interface BoundedMemo<T, Context = undefined> {
  /** The value of a key, created at its first use; `context` is passed to its creation. */
  get(key: string, context?: Context): T;
  /** The value of a key where it exists. */
  peek(key: string): T | undefined;
  /** Drops the value of a key, which its next use creates anew. */
  drop(key: string): void;
}

/** How many values a memo keeps, and which of them it may drop. */
export interface MemoOptions<T> {
  /** How many are kept in any case. @default 10_000 */
  readonly size?: number;
  /** For how many milliseconds a value is still needed; 0 or less where it may be dropped. @default 0 */
  readonly neededMs?: (value: T) => number;
}

/**
 * Keeps a value for each key. From `size` values on, each new one takes the place of one that was used longest ago, of those that
 * are not needed. Where nearly all are needed, up to 100,000 are kept; then those that are needed for the shortest time are
 * dropped, and the first time a warning is printed.
 */
export function boundedMemo<T extends object, Context = undefined>(
  create: (key: string, context: Context) => T,
  { size = 10_000, neededMs = () => 0 }: MemoOptions<T> = {},
): BoundedMemo<T, Context> {
  // In the order of their last use, once half of them are there.
  const values = new Map<string, T>();
  let isWarned = false;

  const makeRoom = () => {
    let left = examined;
    for (const [key, value] of values) {
      values.delete(key);
      if (neededMs(value) > 0) values.set(key, value);
      left -= 1;
      if (left === 0 || values.size < size) break;
    }
    if (values.size < maxBusy) return;
    if (!isWarned) console.warn("Connectry: 100,000 tenants are paused or busy, and some are forgotten.");
    isWarned = true;
    // One hundredth at once, because all are compared.
    const byNeed = [...values].sort(([, a], [, b]) => neededMs(a) - neededMs(b));
    for (const [key] of byNeed.slice(0, maxBusy / 100)) values.delete(key);
  };

  return {
    get(key, context) {
      let value = values.get(key);
      // Several values are read in every call, and the order only matters where some may soon be dropped.
      if (value && values.size < size / 2) return value;
      if (value) values.delete(key);
      else {
        if (values.size >= size) makeRoom();
        value = create(key, context as Context);
      }
      values.set(key, value);
      return value;
    },
    // Most are empty, and the text of a key is only put together to be hashed.
    peek: (key) => (values.size > 0 ? values.get(key) : undefined),
    drop: (key) => values.delete(key),
  };
}
