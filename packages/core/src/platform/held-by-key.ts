const maxHeld = 10_000;

/**
 * What is held for a key, made when it is first asked for. When that is much, whatever is idle is let go of: all of it,
 * where nothing says otherwise.
 */
export function heldByKey<T extends object, Context = undefined>(
  make: (key: string, context: Context) => T,
  isIdle: (value: T) => boolean = () => true,
): (key: string, context?: Context) => T {
  const values = new Map<string, T>();
  let sweepAt = maxHeld;
  return (key, context) => {
    let value = values.get(key);
    if (!value) {
      if (values.size >= sweepAt) {
        for (const [old, it] of values) if (isIdle(it)) values.delete(old);
        // Where most of them are in use, each new one would look through all.
        sweepAt = Math.max(maxHeld, 2 * values.size);
      }
      value = make(key, context as Context);
      values.set(key, value);
    }
    return value;
  };
}
