import type { Tenant } from "../pipeline/call.js";
import type { Gcra } from "./gcra.js";

/** What one request costs of one limit. */
export interface LimitCost {
  /** Names the limit within its tenant: `default 0`, `default 1 GET /things`. */
  readonly name: string;
  readonly gcra: Gcra;
  /** Above 0. */
  readonly cost: number;
}

/** What a pause applies to: a bucket of a tenant, or one operation of the bucket. */
export interface PauseScope {
  readonly tenant: Tenant;
  readonly scope: string;
}

/** Called when a provider wants fewer requests: no request of the scope may be sent for so many milliseconds. */
export type OnPause = (pauseMs: number) => void;

/** A request for a permit. */
export interface PermitRequest extends PauseScope {
  /** What the request costs of each limit. */
  readonly costs: readonly LimitCost[];
  /** How many calls wait in the same queue, this one included: a store may reserve permits for some of them in advance. */
  readonly waiting: number;
}

/** The result of a request for a permit. */
export type Reservation =
  /** The permit is valid in so many milliseconds; 0 means now. */
  | { readonly kind: "reserved"; readonly delayMs: number }
  /**
   * Nothing was reserved, because one limit is so far in the future that the others would be unused until then: ask again
   * after so many milliseconds.
   */
  | { readonly kind: "later"; readonly delayMs: number };

/** Where permits are counted: in this process, or in a store that several processes share. */
export interface RateLimitStore {
  /**
   * Reserves the next permit that all limits allow. Never rejects: a store that cannot be reached decides by what this process
   * may use on its own.
   */
  reserve(request: PermitRequest): Reservation | Promise<Reservation>;
  /** A provider asked to wait: notifies every process that shares the limits. */
  readonly pause?: (scope: PauseScope, pauseMs: number) => void;
  /** Listens to pauses that other processes report; the last listener of a scope replaces earlier ones. */
  readonly onPause?: (scope: PauseScope, listener: OnPause) => void;
}
