import { QueueFullError } from "../errors/queue-full-error.js";
import { QuotaExceededError } from "../errors/quota-exceeded-error.js";
import type { Call } from "../pipeline/call.js";
import { abortable } from "../platform/abortable.js";
import type { Clock } from "../platform/clock.js";
import type { Bulkhead, BulkheadOptions } from "./bulkhead.js";
import { createFairQueue } from "./fair-queue.js";
import type { Reservation } from "./grant-source.js";
import type { PauseGate } from "./pause-gate.js";

/** Who wants to pass. Calls of one `fairnessKey` pass in order, keys in turn. */
export interface Passenger {
  readonly call: Call;
  /** How much it takes, compared with others of this turnstile: a grant for more does for less. */
  readonly weight: number;
  /** What each of those ahead makes it wait at the least. */
  readonly leastMs: number;
  /** Reserves a grant for such a passenger, one of so many. */
  readonly reserve: (waiting: number) => Reservation | Promise<Reservation>;
}

/** To be called when what passed is over. */
export type Leave = () => void;

/** One line of calls that the same limits hold back. It lets them pass one by one, as grants and slots come free. */
export interface Turnstile {
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

// The weight of a grant that there is not.
const none = -1;

function exceeded({ operation }: Call, retryAfterMs: number): QuotaExceededError {
  const message = `the rate limit allows it in ${Math.ceil(retryAfterMs)} ms, after its deadline.`;
  return new QuotaExceededError(message, { operation: operation.id, retryAfterMs });
}

/**
 * A grant is reserved for whoever is first, but it is no one's: should the first give up, the next one takes it, so that
 * an aborted call costs the others nothing. None is reserved before a slot is free: a call never holds one of the two
 * while it waits for the other.
 */
export function createTurnstile(
  gate: PauseGate,
  bulkhead: Bulkhead,
  { concurrency, maxQueued }: BulkheadOptions,
  clock: Clock,
): Turnstile {
  const queue = createFairQueue<Waiter>();
  let grantedWeight = none;
  let grantedAtMs = 0;
  let isHeld: boolean | undefined;
  let isAsking = false;
  let timer: AbortController | undefined;

  const take = ({ kind, delayMs }: Reservation, weight: number, nowMs: number) => {
    grantedWeight = weight;
    grantedAtMs = nowMs + delayMs;
    isHeld = kind === "held";
  };
  /** When the first one may go, or is to ask again; Infinity where something else will say that: an answer, or a slot. */
  const goesAtMs = ({ weight, reserve }: Passenger, nowMs: number): number => {
    if (isAsking || bulkhead.running >= concurrency) return Infinity;
    const opensAtMs = gate.opensAtMs();
    if (opensAtMs > nowMs) {
      // What was granted for before that must not go out beside what is granted for afterwards.
      grantedWeight = none;
      return opensAtMs;
    }
    if (grantedWeight < weight || (!isHeld && grantedAtMs <= nowMs)) {
      const reservation = reserve(Math.min(queue.size || 1, concurrency - bulkhead.running));
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
    return grantedAtMs;
  };
  const go = () => {
    grantedWeight = none;
    gate.pass();
    bulkhead.running += 1;
    // The turn of this line comes after that of all others.
    if (bulkhead.lines.delete(pump)) bulkhead.lines.add(pump);
    return () => {
      bulkhead.running -= 1;
      for (const line of [...bulkhead.lines]) line();
    };
  };

  const pump = () => {
    // With a reason, since the platform's own is an error with a stack.
    timer?.abort(none);
    timer = undefined;
    for (let { first } = queue; first; { first } = queue) {
      const nowMs = clock.monotonic();
      const atMs = goesAtMs(first, nowMs);
      if (atMs === Infinity) return;
      const isLate = atMs > first.call.deadline.atMs;
      if (atMs > nowMs && !isLate) {
        // A sleep, so that on a clock of a test on which time passes by sleeping, it passes here, too.
        timer = new AbortController();
        void clock.sleep(atMs - nowMs, timer.signal).then(pump, () => {});
        return;
      }
      queue.turn();
      // Either takes it out of the queue.
      if (isLate) first.reject(exceeded(first.call, atMs - nowMs));
      else first.enter(go());
    }
    bulkhead.lines.delete(pump);
  };

  return {
    pass(passenger) {
      const { call, leastMs } = passenger;
      const { signal, settings, operation, deadline } = call;
      const key = settings.fairnessKey ?? "";
      const nowMs = clock.monotonic();
      if (queue.size === 0) {
        // One that all gave up on is for who comes before its time; later it would be one more than the limit allows then.
        if (grantedAtMs < nowMs) grantedWeight = none;
        if (goesAtMs(passenger, nowMs) <= nowMs) return go();
      }
      const waitMs = Math.max(gate.opensAtMs() - nowMs, queue.ahead(key) * leastMs);
      if (nowMs + waitMs > deadline.atMs) return Promise.reject(exceeded(call, waitMs));
      if (bulkhead.waiting >= maxQueued) {
        const message = `${maxQueued} calls wait: send fewer, or raise \`maxQueued\`.`;
        return Promise.reject(new QueueFullError(message, { operation: operation.id }));
      }
      const turn = abortable<Leave>(signal, (enter, reject) => {
        bulkhead.waiting += 1;
        bulkhead.lines.add(pump);
        const giveUp = queue.add(key, { ...passenger, enter, reject });
        return () => {
          bulkhead.waiting -= 1;
          giveUp();
          // No timer outlives those that wait for it.
          if (queue.size === 0) pump();
        };
      });
      pump();
      return turn;
    },
  };
}
