import type { Call } from "../pipeline/call.js";
import { abortable } from "../platform/abortable.js";
import type { Invalidations } from "./invalidations.js";

/** One piece of work that several calls wait for. */
export interface Flight<T> {
  /** The call that it is made with: it is aborted once nobody waits, and has the latest of all deadlines. */
  readonly call: Call;
  /** The point among invalidations at which it began. */
  readonly point: number;
  readonly tags: readonly string[];
  readonly landed: Promise<T>;
}

/** Work under way, one for each key. */
export interface Flights<T> {
  /**
   * Waits for the work under a key, which begins unless it is under way and none of its tags was called back since. An
   * abort of the call ends its wait; of the last that waits, the work.
   */
  join(
    key: string,
    call: Call,
    tags: readonly string[],
    work: (flight: Omit<Flight<T>, "landed">) => Promise<T>,
  ): Promise<T>;
}

interface Open<T> extends Flight<T> {
  waiting: number;
  readonly deadline: { atMs: number; readonly allowedMs: number };
  readonly controller: AbortController;
}

/** Starts with nothing under way. */
export function createFlights<T>(invalidations: Invalidations): Flights<T> {
  const open = new Map<string, Open<T>>();

  const begin = (
    key: string,
    call: Call,
    tags: readonly string[],
    work: (flight: Omit<Flight<T>, "landed">) => Promise<T>,
  ): Open<T> => {
    const controller = new AbortController();
    const deadline = { ...call.deadline };
    const flight = {
      call: { ...call, signal: controller.signal, deadline },
      point: invalidations.point,
      tags,
    };
    const landed = work(flight).finally(() => {
      if (open.get(key) === begun) open.delete(key);
    });
    const begun: Open<T> = { ...flight, landed, waiting: 0, deadline, controller };
    open.set(key, begun);
    return begun;
  };

  return {
    join: (key, call, tags, work) =>
      abortable<T>(call.signal, (resolve, reject) => {
        const found = open.get(key);
        const flight =
          found && !found.controller.signal.aborted && invalidations.isCurrent(found.point, found.tags)
            ? found
            : begin(key, call, tags, work);
        flight.deadline.atMs = Math.max(flight.deadline.atMs, call.deadline.atMs);
        flight.waiting += 1;
        flight.landed.then(resolve, reject);
        return () => {
          flight.waiting -= 1;
          if (flight.waiting > 0 || !call.signal.aborted) return;
          flight.controller.abort(call.signal.reason);
        };
      }),
  };
}
