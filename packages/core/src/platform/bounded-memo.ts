const maxSize = 10_000;

/** Values that are created once for each key, up to a bound. */
export interface BoundedMemo<T, Context = undefined> {
  /** The value of a key, created at its first use; `context` is passed to its creation. */
  get(key: string, context?: Context): T;
  /** The value of a key where it exists. */
  peek(key: string): T | undefined;
  /** Drops the value of a key, which its next use creates anew. */
  drop(key: string): void;
}

/**
 * Keeps a value for each key. From 10,000 values on, idle ones are dropped before a new one is added: all of them, unless
 * `isIdle` says otherwise.
 */
export function boundedMemo<T extends object, Context = undefined>(
  create: (key: string, context: Context) => T,
  isIdle: (value: T) => boolean = () => true,
): BoundedMemo<T, Context> {
  const values = new Map<string, T>();
  let sweepAt = maxSize;
  const sweep = () => {
    for (const [key, value] of values) if (isIdle(value)) values.delete(key);
    // Where most values are in use, a sweep for each new one would look through all of them each time.
    sweepAt = Math.max(maxSize, 2 * values.size);
  };
  return {
    get(key, context) {
      let value = values.get(key);
      if (!value) {
        if (values.size >= sweepAt) sweep();
        value = create(key, context as Context);
        values.set(key, value);
      }
      return value;
    },
    peek: (key) => values.get(key),
    drop: (key) => values.delete(key),
  };
}
