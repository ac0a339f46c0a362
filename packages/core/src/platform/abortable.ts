/**
 * A promise that an abort rejects at once, with the signal's reason. `begin` starts the work and returns a function that
 * undoes it, which is called when the promise is settled.
 */
export function abortable<T>(
  signal: AbortSignal | undefined,
  begin: (resolve: (value: T) => void, reject: (reason: unknown) => void) => () => void,
): Promise<T> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    // There is none where `begin` settles the promise before it returns.
    let undo: (() => void) | undefined;
    const end = () => {
      signal?.removeEventListener("abort", onAbort);
      undo?.();
    };
    const succeed = (value: T) => {
      end();
      resolve(value);
    };
    const fail = (reason: unknown) => {
      end();
      reject(reason);
    };
    const onAbort = () => fail(signal?.reason);
    signal?.addEventListener("abort", onAbort);
    undo = begin(succeed, fail);
  });
}

/** The result of work that may ignore the signal, or the signal's reason as soon as it aborts. */
export function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return abortable(signal, (resolve, reject) => {
    work.then(resolve, reject);
    return () => {};
  });
}
