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
    // Does nothing where `begin` settles the promise before it returns.
    let undo = () => {};
    const settle =
      <V>(end: (value: V) => void) =>
      (value: V) => {
        signal?.removeEventListener("abort", onAbort);
        undo();
        end(value);
      };
    const fail = settle(reject);
    const onAbort = () => fail(signal?.reason);
    signal?.addEventListener("abort", onAbort);
    undo = begin(settle(resolve), fail);
  });
}

/** The result of work that may ignore the signal, or the signal's reason as soon as it aborts. */
export function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return abortable(signal, (resolve, reject) => {
    work.then(resolve, reject);
    return () => {};
  });
}
