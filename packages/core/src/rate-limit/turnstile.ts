import { QueueFullError } from "../errors/queue-full-error.js";
import { QuotaExceededError } from "../errors/quota-exceeded-error.js";
import { abortable } from "../platform/abortable.js";
import type { Clock } from "../platform/clock.js";
import type { Bulkhead } from "./bulkhead.js";
import { createFairQueue } from "./fair-queue.js";
import type { Reservation } from "./grant-source.js";
import type { PauseGate } from "./pause-gate.js";

/** Who wants to pass. */
export interface Passenger {
  readonly operation: string;
  /** Those of one key pass in order, keys in turn. */
  readonly fairnessKey: string;
  /** How much it takes, compared with others of this turnstile: a grant for more does for less. */
  readonly weight: number;
  /** What each of those ahead makes it wait at the least. */
  readonly leastMs: number;
  /** Reserves a grant for such a passenger, one of so many. */
  readonly reserve: (waiting: number) => Reservation | Promise<Reservation>;
  /** When it gives up, on the monotonic clock. */
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
}

/** To be called when what passed is over. */
export type Leave = () => void;

/** One line of calls that the same limits hold back. It lets them pass one by one, as grants and slots come free. */
export interface Turnstile {
  /** Whether no one waits. */
  readonly isIdle: boolean;
  /**
   * At once where nothing holds the passenger back, else when its turn has come. Rejects with its signal's reason, with
   * QuotaExceededError where its turn would come after its deadline, or with QueueFullError.
   */
  pass(passenger: Passenger): Leave | Promise<Leave>;
}

interface Waiter extends Passenger {
  readonly enter: (leave: Leave) => void;
  readonly reject: (error: QuotaExceededError) => void;
}

/**
 * A grant is reserved for whoever is first, but it is no one's: should the first give up, the next one takes it, so that
 * an aborted call costs the others nothing. None is reserved before a slot is free: a call never holds one of the two
 * while it waits for the other.
 */
export function createTurnstile(gate: PauseGate, bulkhead: Bulkhead, maxQueued: number, clock: Clock): Turnstile {
  const queue = createFairQueue<Waiter>();
  let grant: { readonly atMs: number; readonly weight: number; readonly isHeld: boolean } | undefined;
  let isAsking = false;
  let rest: AbortController | undefined;

  const exceeded = (operation: string, retryAfterMs: number) => {
    const message = `the rate limit allows it in ${Math.ceil(retryAfterMs)} ms, and its deadline is earlier.`;
    return new QuotaExceededError(message, { operation, retryAfterMs });
  };
  const take = ({ kind, delayMs }: Reservation, weight: number, nowMs: number) => {
    grant = { atMs: nowMs + delayMs, weight, isHeld: kind === "held" };
  };
  /** When the first one may go, or is to ask again; Infinity where something else will say that: an answer, or a slot. */
  const goesAtMs = ({ weight, reserve }: Passenger, nowMs: number): number => {
    if (isAsking || bulkhead.isFull) return Infinity;
    if (gate.opensAtMs > nowMs) {
      // What was granted for before that must not go out beside what is granted for afterwards.
      grant = undefined;
      return gate.opensAtMs;
    }
    if (grant === undefined || grant.weight < weight || (!grant.isHeld && grant.atMs <= nowMs)) {
      const reservation = reserve(Math.max(1, queue.size));
      if (reservation instanceof Promise) {
        isAsking = true;
        void reservation.then((answer) => {
          isAsking = false;
          take(answer, weight, clock.monotonic());
          pump();
        });
        return Infinity;
      }
      take(reservation, weight, nowMs);
    }
    return grant?.atMs ?? Infinity;
  };
  const go = () => {
    grant = undefined;
    gate.pass();
    bulkhead.enter(pump);
    return bulkhead.leave;
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
        first.enter(go());
      }
    }
    bulkhead.setWaiting(pump, false);
  };

  return {
    get isIdle() {
      return queue.size === 0 && !isAsking;
    },
    pass(passenger) {
      const { signal, fairnessKey, operation, deadlineMs, leastMs } = passenger;
      const nowMs = clock.monotonic();
      if (queue.size === 0) {
        // One that all gave up on is for who comes before its time; later it would be one more than the limit allows then.
        if (grant !== undefined && grant.atMs < nowMs) grant = undefined;
        if (goesAtMs(passenger, nowMs) <= nowMs) return go();
      }
      const waitMs = Math.max(gate.opensAtMs - nowMs, queue.ahead(fairnessKey) * leastMs);
      if (nowMs + waitMs > deadlineMs) return Promise.reject(exceeded(operation, waitMs));
      if (bulkhead.waiting >= maxQueued) {
        const message = `${maxQueued} calls wait already: send fewer, or raise \`maxQueued\`.`;
        return Promise.reject(new QueueFullError(message, { operation }));
      }
      return abortable<Leave>(signal, (enter, reject) => {
        bulkhead.waiting += 1;
        bulkhead.setWaiting(pump, true);
        const giveUp = queue.add(fairnessKey, { ...passenger, enter, reject });
        pump();
        return () => {
          bulkhead.waiting -= 1;
          giveUp();
          // No timer outlives those that wait for it.
          if (queue.size === 0) pump();
        };
      });
    },
  };
}
