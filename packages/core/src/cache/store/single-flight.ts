import type { Deadline } from "../../pipeline/call.js";
import { abortable } from "../../platform/abortable.js";
import type { Invalidations } from "./invalidations.js";

/** Work that several callers wait for. */
export interface SingleFlight {
  /** Aborts once all of its callers have aborted. */
  readonly signal: AbortSignal;
  /** The latest deadline of all callers; undefined where they have none. */
  readonly deadline: Deadline | undefined;
  /** The last invalidation when the work began. */
  readonly invalidationSequence: number;
}

/** A caller that waits for the work under a key. */
export interface FlightRequest {
  readonly key: string;
  /** Work that began before one of these tags was invalidated is not joined. */
  readonly tags: readonly string[];
  /** Ends the wait of this caller, and the work where no other caller waits for it. */
  readonly signal?: AbortSignal | undefined;
  readonly deadline?: Deadline | undefined;
}

/** Work in progress, at most one for each key. */
export interface SingleFlights<T> {
  /**
   * Waits for the work under a key. It is started by `work` unless it is in progress and none of its tags was invalidated
   * since it began.
   */
  join(request: FlightRequest, work: (flight: SingleFlight) => Promise<T>): Promise<T>;
}

interface OpenFlight<T> extends SingleFlight {
  readonly tags: readonly string[];
  readonly promise: Promise<T>;
  readonly controller: AbortController;
  readonly deadline: { atMs: number; readonly allowedMs: number } | undefined;
  waiting: number;
}

/** Starts without any work in progress. */
export function createSingleFlights<T>(invalidations: Invalidations): SingleFlights<T> {
  const open = new Map<string, OpenFlight<T>>();

  const start = (request: FlightRequest, work: (flight: SingleFlight) => Promise<T>): OpenFlight<T> => {
    const { key, tags } = request;
    const controller = new AbortController();
    const deadline = request.deadline && { ...request.deadline };
    const { sequence: invalidationSequence } = invalidations;
    const promise = work({ signal: controller.signal, deadline, invalidationSequence }).finally(() => {
      if (open.get(key) === flight) open.delete(key);
    });
    const flight: OpenFlight<T> = {
      signal: controller.signal,
      deadline,
      invalidationSequence,
      tags,
      promise,
      controller,
      waiting: 0,
    };
    open.set(key, flight);
    return flight;
  };

  const isOpen = (flight: OpenFlight<T> | undefined): flight is OpenFlight<T> =>
    flight !== undefined && !flight.signal.aborted && invalidations.isCurrent(flight.invalidationSequence, flight.tags);

  return {
    join: (request, work) =>
      abortable<T>(request.signal, (resolve, reject) => {
        const { key, signal, deadline } = request;
        const found = open.get(key);
        const flight = isOpen(found) ? found : start(request, work);
        if (flight.deadline && deadline) flight.deadline.atMs = Math.max(flight.deadline.atMs, deadline.atMs);
        flight.waiting += 1;
        flight.promise.then(resolve, reject);
        return () => {
          flight.waiting -= 1;
          if (flight.waiting === 0 && signal?.aborted) flight.controller.abort(signal.reason);
        };
      }),
  };
}
