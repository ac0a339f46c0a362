import { QuotaExceededError } from "../errors/quota-exceeded-error.js";
import { abortable } from "../platform/abortable.js";
import type { Clock } from "../platform/clock.js";
import { createFairQueue } from "./fair-queue.js";
import type { PauseGate } from "./pause-gate.js";

/** Who wants to pass. */
export interface Passenger {
  readonly operation: string;
  /** Its line: those of one key pass in order, keys in turn. */
  readonly fairnessKey: string;
  /** How much it takes, compared with others of this turnstile: a grant for more does for less. */
  readonly weight: number;
  /** Reserves a grant for such a passenger, one of so many, and says how far away it is in milliseconds. */
  readonly reserve: (waiting: number) => number | Promise<number>;
  /** When it gives up, on the monotonic clock. */
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
}

/** Lets calls pass one by one, as grants come in and the gate allows. */
export interface Turnstile {
  /** Whether no one waits. */
  readonly isIdle: boolean;
  /** Undefined where the passenger may go at once. Rejects with its signal's reason, or QuotaExceededError. */
  pass(passenger: Passenger): Promise<void> | undefined;
}

interface Waiter extends Passenger {
  readonly enter: () => void;
  readonly reject: (error: QuotaExceededError) => void;
}

/**
 * A grant is reserved for whoever is first, but it is no one's: should the first give up, the next one takes it, so that
 * an aborted call costs the others nothing. `slowestMs` is what each of those ahead makes one wait at the least.
 */
export function createTurnstile(gate: PauseGate, clock: Clock, slowestMs: number): Turnstile {
  const queue = createFairQueue<Waiter>();
  let grant: { readonly atMs: number; readonly weight: number } | undefined;
  let isAsking = false;
  let rest: AbortController | undefined;

  const exceeded = (operation: string, retryAfterMs: number) => {
    const message = `the rate limit allows it in ${Math.ceil(retryAfterMs)} ms, and its deadline is earlier.`;
    return new QuotaExceededError(message, { operation, retryAfterMs });
  };
  const take = (weight: number, delayMs: number) => {
    isAsking = false;
    // What may go at once is not held up by the time that passed since it was asked for.
    grant = { atMs: delayMs > 0 ? clock.monotonic() + delayMs : 0, weight };
  };
  /** When the first one may go, or is to be looked at again; Infinity while a grant is being asked for. */
  const goesAtMs = ({ weight, reserve }: Passenger, nowMs: number): number => {
    if (isAsking) return Infinity;
    if (gate.opensAtMs > nowMs) {
      // What was granted for before that must not go out beside what is granted for afterwards.
      grant = undefined;
      return gate.opensAtMs;
    }
    if (grant === undefined || grant.weight < weight) {
      const delay = reserve(Math.max(1, queue.size));
      if (typeof delay === "number") take(weight, delay);
      else {
        isAsking = true;
        void delay.then((delayMs) => {
          take(weight, delayMs);
          pump();
        });
        return Infinity;
      }
    }
    return grant?.atMs ?? Infinity;
  };
  const go = () => {
    grant = undefined;
    gate.pass();
  };

  const pump = () => {
    rest?.abort();
    for (let { first } = queue; first !== undefined; { first } = queue) {
      const nowMs = clock.monotonic();
      const atMs = goesAtMs(first, nowMs);
      if (atMs === Infinity) return;
      if (atMs > first.deadlineMs) {
        queue.shift();
        first.reject(exceeded(first.operation, atMs - nowMs));
      } else if (atMs > nowMs) {
        rest = new AbortController();
        return void clock.sleep(atMs - nowMs, rest.signal).then(pump, () => {});
      } else {
        queue.shift();
        go();
        first.enter();
      }
    }
  };

  return {
    get isIdle() {
      return queue.size === 0 && !isAsking;
    },
    pass(passenger) {
      const { signal, fairnessKey, operation, deadlineMs } = passenger;
      const nowMs = clock.monotonic();
      if (queue.size === 0) {
        // One that all gave up on is for who comes before its time; later it would be one more than the limit allows then.
        if (grant !== undefined && grant.atMs < nowMs) grant = undefined;
        if (goesAtMs(passenger, nowMs) <= nowMs) return void go();
      }
      const waitMs = Math.max(gate.opensAtMs - nowMs, queue.ahead(fairnessKey) * slowestMs);
      if (nowMs + waitMs > deadlineMs) return Promise.reject(exceeded(operation, waitMs));
      return abortable<void>(signal, (enter, reject) => {
        const leave = queue.add(fairnessKey, { ...passenger, enter, reject });
        pump();
        return () => {
          leave();
          // No timer outlives those that wait for it.
          if (queue.size === 0) pump();
        };
      });
    },
  };
}
