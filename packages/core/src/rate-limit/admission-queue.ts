import { QueueFullError, QuotaExceededError } from "../errors/call-errors.js";
import type { Call } from "../pipeline/call.js";
import { abortable } from "../platform/abortable.js";
import type { Clock } from "../platform/clock.js";
import type { Bulkhead, BulkheadOptions } from "./bulkhead.js";
import { createFairQueue } from "./fair-queue.js";
import type { Reservation } from "./rate-limit-store.js";
import type { ThrottleState } from "./throttle-state.js";

/** A call that asks for admission. Calls of one `fairnessKey` are admitted in order, the keys in turn. */
export interface QueuedCall {
  readonly call: Call;
  /**
   * What it costs, compared with others of this queue: a permit for a higher cost also covers a lower one. It may be learned while the
   * call waits.
   */
  readonly weight: () => number;
  /** How many points it takes of quotas that responses report, which may be learned while it waits. @default 1 */
  readonly quotaCost?: () => number;
  /** How long it waits at least, with so many calls ahead. */
  readonly minWaitMs: (ahead: number) => number;
  /** Reserves a permit for such a call at this time; `waiting` returns the number of calls that wait for one. */
  readonly reserve: (nowMs: number, waiting: () => number) => Reservation | Promise<Reservation>;
}

/** Frees the slot of an admitted call. */
export type Release = () => void;

/** A queue of calls that the same limits hold back. Calls are admitted one by one, as permits and slots become available. */
export interface AdmissionQueue {
  /**
   * Admits the call: at once where nothing holds it back, else when its turn has come. Rejects with the reason of its signal,
   * with QuotaExceededError where its turn would come after its deadline, or with QueueFullError.
   */
  acquire(queued: QueuedCall): Release | Promise<Release>;
  /** Whether no call waits in it. */
  isEmpty(): boolean;
}

/** What holds back the calls of a queue. */
export interface AdmissionStates {
  readonly throttles: readonly ThrottleState[];
  /** A call takes a slot of each. The first bounds how many may wait. */
  readonly bulkheads: readonly Bulkhead[];
}

/** What an admission queue works with. */
export interface AdmissionContext {
  /** Asked for by each step, because states that hold nothing are dropped and created anew. */
  readonly states: () => AdmissionStates;
  readonly slots: Pick<BulkheadOptions, "maxQueued" | "pool">;
  /** The name under which it takes its turns in a pool. @default "" */
  readonly tenant?: string;
  readonly clock: Clock;
}

interface Waiter {
  readonly queued: QueuedCall;
  readonly admit: (release: Release) => void;
  readonly reject: (error: QuotaExceededError) => void;
}

/** What the last reservation allows. */
interface Permit {
  readonly weight: number;
  readonly atMs: number;
  /** Whether it is reserved; otherwise `atMs` is when to ask again. */
  readonly isReserved: boolean;
}

function quotaExceeded({ operation }: Call, retryAfterMs: number): QuotaExceededError {
  const message = `the rate limit allows the call in ${Math.ceil(retryAfterMs)} ms, after its deadline.`;
  return new QuotaExceededError(message, { operation: operation.id, retryAfterMs });
}

// Timers are late by less than this.
const maxLateMs = 20;

/** The latest of a time of all states. */
function latest(states: readonly ThrottleState[], timeOf: (state: ThrottleState) => number): number {
  let latestMs = 0;
  for (const state of states) latestMs = Math.max(latestMs, timeOf(state));
  return latestMs;
}

const probedUntil = (state: ThrottleState) => state.probedUntilMs;
const pacedUntil = (state: ThrottleState) => state.pacedUntilMs();
const probedUntilOf = ({ throttles }: AdmissionStates) => latest(throttles, probedUntil);
const blockedUntilOf = ({ throttles }: AdmissionStates, { quotaCost }: QueuedCall) => {
  const points = quotaCost?.();
  return latest(throttles, (state) => state.blockedUntilMs(points));
};

function freeSlotsOf({ bulkheads }: AdmissionStates): number {
  let free = Infinity;
  for (const { concurrency, running } of bulkheads) free = Math.min(free, concurrency - running);
  return free;
}

/**
 * Creates a queue. A permit is reserved on behalf of the first call, but it belongs to none: if the first gives up, the next
 * takes it, so that an aborted call costs the others nothing. No permit is reserved before a slot is free: a call never holds
 * one of the two while it waits for the other.
 */
export function createAdmissionQueue(context: AdmissionContext): AdmissionQueue {
  const { slots, tenant = "", clock } = context;
  const { maxQueued, pool } = slots;
  const queue = createFairQueue<Waiter>();
  let permit: Permit | undefined;
  let isReserving = false;
  let timer: AbortController | undefined;
  // A slot of the pool, for the first call: held while its permit is reserved, which may take a round trip.
  let hasSlot = !pool;

  const toPermit = ({ kind, delayMs }: Reservation, weight: number, nowMs: number): Permit => ({
    weight,
    atMs: nowMs + delayMs,
    isReserved: kind === "reserved",
  });
  /** When the first call may be sent or must ask again; Infinity where something else decides: a response, or a free slot. */
  const nextStepAtMs = (queued: QueuedCall, states: AdmissionStates, nowMs: number): number => {
    if (isReserving || freeSlotsOf(states) < 1) return Infinity;
    const blockedUntilMs = blockedUntilOf(states, queued);
    if (blockedUntilMs > nowMs) {
      // A permit from before the pause must not be used together with those after it.
      permit = undefined;
      return blockedUntilMs;
    }
    const probedUntilMs = probedUntilOf(states);
    if (probedUntilMs > nowMs) return probedUntilMs;
    const pacedUntilMs = latest(states.throttles, pacedUntil);
    if (pacedUntilMs > nowMs) return pacedUntilMs;
    const weight = queued.weight();
    const isUsable = permit && permit.weight >= weight && (permit.isReserved || permit.atMs > nowMs);
    if (permit && isUsable && permit.atMs > nowMs) return permit.atMs;
    hasSlot ||= pool!.take(tenant, onSlot);
    if (!hasSlot) return Infinity;
    if (permit && isUsable) return permit.atMs;
    const reservation = queued.reserve(nowMs, () => Math.min(queue.size || 1, freeSlotsOf(states)));
    if (!(reservation instanceof Promise)) {
      permit = toPermit(reservation, weight, nowMs);
      return permit.atMs;
    }
    isReserving = true;
    void reservation.then((reserved) => {
      isReserving = false;
      permit = toPermit(reserved, weight, clock.monotonic());
      pump();
    });
    return Infinity;
  };
  const dropSlot = () => {
    if (!pool || !hasSlot || isReserving) return;
    hasSlot = false;
    pool.release();
  };
  const onSlot = () => {
    // A permit that waited for a slot would be one more than the limit allows now.
    if (permit && permit.atMs + maxLateMs < clock.monotonic()) permit = undefined;
    pump();
  };
  const admitOne = ({ quotaCost }: QueuedCall, { throttles, bulkheads }: AdmissionStates, nowMs: number): Release => {
    permit = undefined;
    hasSlot = !pool;
    for (const throttle of throttles) throttle.countCall(nowMs, quotaCost?.());
    for (const bulkhead of bulkheads) {
      bulkhead.running += 1;
      // The next free slot is offered to all other queues first.
      if (bulkhead.queues.size > 1 && bulkhead.queues.delete(pump)) bulkhead.queues.add(pump);
    }
    return () => {
      for (const bulkhead of bulkheads) bulkhead.running -= 1;
      for (const { queues } of bulkheads) if (queues.size > 0) for (const pumpQueue of [...queues]) pumpQueue();
      pool?.release();
    };
  };

  /** Admits as many calls as possible, and sets a timer for the next. */
  const pump = () => {
    // It is called again with the permit.
    if (isReserving) return;
    // With a reason, because the platform's default reason is an error with a stack.
    timer?.abort("rescheduled");
    timer = undefined;
    const states = context.states();
    for (let { first } = queue; first; { first } = queue) {
      const { queued, admit, reject } = first;
      const { call } = queued;
      const nowMs = clock.monotonic();
      const atMs = nextStepAtMs(queued, states, nowMs);
      if (atMs === Infinity) return dropSlot();
      // The response to a probe may arrive in time.
      const isLate = atMs > call.deadline.atMs && probedUntilOf(states) <= nowMs;
      if (atMs > nowMs && !isLate) {
        // A sleep rather than a timer, so that time also passes here on a test clock that advances by sleeping.
        timer = new AbortController();
        void clock.sleep(atMs - nowMs, timer.signal).then(pump, () => {});
        return dropSlot();
      }
      queue.rotate();
      // Both remove it from the queue.
      if (isLate) reject(quotaExceeded(call, atMs - nowMs));
      else admit(admitOne(queued, states, nowMs));
    }
    for (const { queues } of states.bulkheads) queues.delete(pump);
    dropSlot();
  };

  return {
    isEmpty: () => queue.size === 0,
    acquire(queued) {
      const { call, minWaitMs } = queued;
      const { signal, settings, operation, deadline } = call;
      const key = settings.fairnessKey ?? "";
      const nowMs = clock.monotonic();
      const states = context.states();
      if (queue.size === 0) {
        // A permit that nobody used may be used before its time; after it, it would be one more than the limit allows.
        if (permit && permit.atMs < nowMs) permit = undefined;
        if (nextStepAtMs(queued, states, nowMs) <= nowMs) return admitOne(queued, states, nowMs);
        dropSlot();
      }
      const waitMs = Math.max(blockedUntilOf(states, queued) - nowMs, minWaitMs(queue.ahead(key)));
      if (nowMs + waitMs > deadline.atMs) return Promise.reject(quotaExceeded(call, waitMs));
      const { bulkheads } = states;
      const bulkhead = bulkheads[0]!;
      if (bulkhead.waiting >= maxQueued) {
        const message = `${maxQueued} calls are already waiting: send fewer, or raise \`maxQueued\`.`;
        return Promise.reject(new QueueFullError(message, { operation: operation.id }));
      }
      const admission = abortable<Release>(signal, (admit, reject) => {
        bulkhead.waiting += 1;
        for (const { queues } of bulkheads) queues.add(pump);
        const remove = queue.add(key, { queued, admit, reject });
        return () => {
          bulkhead.waiting -= 1;
          remove();
          // No timer outlives the calls that wait for it.
          if (queue.size === 0) pump();
        };
      });
      pump();
      return admission;
    },
  };
}
