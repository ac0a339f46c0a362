/**
 * A promise that an abort rejects at once, with the signal's reason. What `begin` returns is undone once it is settled,
 * whichever way.
 */
export function abortable<T>(
  signal: AbortSignal | undefined,
  begin: (resolve: (value: T) => void, reject: (reason: unknown) => void) => () => void,
): Promise<T> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    // Nothing, should it be settled before it is known.
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
