import { abortable } from "../platform/abortable.js";
import { boundedMemo } from "../platform/bounded-memo.js";

interface Refresh<T> {
  readonly result: Promise<T>;
  /** Its place among the refreshes that have ended; Infinity while it lasts. */
  endedAs: number;
  /** How many calls wait for it. */
  waiting: number;
  /** Aborts it. */
  abandon(): void;
}

/** Replaces a credential that was refused, once for all calls that were in flight with it. */
export interface SharedRefresh<T> {
  /** How many refreshes have ended: what a call remembers of the time at which it asked for its credential. */
  readonly ended: number;
  /**
   * The result of a refresh that ended after the call asked for its credential, of the one that is under way, or of a new one.
   * It is aborted once none of the calls waits for it any more.
   */
  replace(key: string, call: { readonly askedAt: number; readonly signal: AbortSignal }, run: Run<T>): Promise<T>;
}

type Run<T> = (signal: AbortSignal) => Promise<T>;

/** Starts without any refresh. */
export function createSharedRefresh<T>(): SharedRefresh<T> {
  let ended = 0;
  const begin = (key: string, run: Run<T>): Refresh<T> => {
    const controller = new AbortController();
    const drop = () => {
      if (refreshes.peek(key) === refresh) refreshes.drop(key);
    };
    const refresh: Refresh<T> = {
      result: run(controller.signal),
      endedAs: Infinity,
      waiting: 0,
      abandon() {
        drop();
        controller.abort();
      },
    };
    refresh.result.then(() => {
      ended += 1;
      refresh.endedAs = ended;
    }, drop);
    return refresh;
  };
  const refreshes = boundedMemo(begin, ({ endedAs }) => endedAs < Infinity);
  return {
    get ended() {
      return ended;
    },
    replace(key, { askedAt, signal }, run) {
      // The call got the refused credential from its source after that refresh: it is of no use.
      if ((refreshes.peek(key)?.endedAs ?? 0) <= askedAt) refreshes.drop(key);
      const refresh = refreshes.get(key, run);
      refresh.waiting += 1;
      return abortable(signal, (resolve, reject) => {
        refresh.result.then(resolve, reject);
        return () => {
          refresh.waiting -= 1;
          if (refresh.waiting === 0 && refresh.endedAs === Infinity) refresh.abandon();
        };
      });
    },
  };
}
