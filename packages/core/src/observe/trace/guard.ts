const failed = new WeakSet<object>();

/** Prints the first failure of an observer. */
function report(observer: object, error: unknown): void {
  if (failed.has(observer)) return;
  failed.add(observer);
  console.warn("Connectry: an observer failed. Calls are not affected; further failures are not printed.", error);
}

const isThenable = (value: unknown): value is PromiseLike<unknown> =>
  typeof (Object(value) as Partial<PromiseLike<unknown>>).then === "function";

/** Calls a hook of an observer. What it throws, or rejects with, changes nothing. */
export function notify<T>(observer: object, hook: () => T): T | undefined {
  try {
    const result = hook();
    if (isThenable(result)) result.then(undefined, (error) => report(observer, error));
    return result;
  } catch (error) {
    report(observer, error);
    return undefined;
  }
}

/** Has an observer run work. It is done exactly once and its promise returned, whatever the observer does. */
export function runBy<T>(
  observer: object,
  run: (work: () => Promise<T>) => unknown,
  work: () => Promise<T>,
): Promise<T> {
  let promise: Promise<T> | undefined;
  const once = () => {
    promise ??= work();
    return promise;
  };
  try {
    const result = run(once);
    // A promise of the observer's own may reject as the work does: that is not a failure of the observer.
    if (isThenable(result)) result.then(undefined, () => {});
  } catch (error) {
    report(observer, error);
  }
  return once();
}
