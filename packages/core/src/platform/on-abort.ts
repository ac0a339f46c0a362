/** Those that one signal notifies: a Set, and the listener of the signal at once. */
class Listeners extends Set<() => void> {
  handleEvent(): void {
    for (const listener of this) listener();
  }
}

const bySignal = new WeakMap<AbortSignal, Listeners>();

/**
 * Calls a listener when a signal aborts that many calls may share. Returns a function that removes it. Together they add one
 * listener to the signal: Node 20 warns of a leak from 11 on.
 */
export function onAbort(signal: AbortSignal, listener: () => void): () => void {
  let listeners = bySignal.get(signal);
  if (!listeners) {
    listeners = new Listeners();
    bySignal.set(signal, listeners);
    signal.addEventListener("abort", listeners);
  }
  const own = listeners.add(listener);
  return () => {
    own.delete(listener);
    if (own.size > 0) return;
    signal.removeEventListener("abort", own);
    bySignal.delete(signal);
  };
}
