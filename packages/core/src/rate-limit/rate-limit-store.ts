import type { Tenant } from "../pipeline/call.js";
import type { Gcra } from "./gcra.js";
import type { SlidingWindow } from "./sliding-window.js";
import type { ThrottleState } from "./throttle-state.js";

/** What one request costs of one limit. */
export interface LimitCost {
  /** Names the limit within its tenant: `default 0`, `default 1 GET /things`. */
  readonly name: string;
  /** The limit as GCRA; of a sliding window its even pace. */
  readonly gcra: Gcra;
  /** The window of a limit that is counted as one. */
  readonly sliding?: SlidingWindow | undefined;
  /** Above 0. */
  readonly cost: number;
  /**
   * Whether what calls give back may allow a request earlier: no permit is then reserved ahead. What they give back is reported by
   * `correct`.
   */
  readonly isRefundable?: boolean | undefined;
}

/** What a pause applies to: a bucket of a tenant, one operation of the bucket, or a quota that the provider names. */
export interface PauseScope {
  readonly tenant: Tenant;
  readonly scope: string;
}

/** What is known of a refundable limit after a response. */
export interface CostCorrection {
  readonly tenant: Tenant;
  readonly cost: LimitCost;
  /** What a call gives back, by which the theoretical arrival time falls. */
  readonly refundMs: number;
  /** How far it is ahead of this time, at least: what of the limit is used. */
  readonly aheadMs: number;
}

/** A request for a permit. */
export interface PermitRequest {
  readonly tenant: Tenant;
  /** The scopes whose pauses apply to the request. */
  readonly scopes: readonly string[];
  /** What the request costs of each limit. */
  readonly costs: readonly LimitCost[];
  /**
   * Returns how many calls wait in the same queue, this one included: a store may reserve permits for some of them in advance. A store
   * that replies later calls it when it sends its request, because more of them may have come.
   */
  readonly waiting: () => number;
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
  /** Corrects a refundable limit. @default nothing is corrected, so that each call costs what was reserved for it */
  readonly correct?: (correction: CostCorrection) => void;
  /** Creates the state of a scope, where processes share pauses. @default a state of this process alone */
  readonly createThrottle?: (scope: PauseScope) => ThrottleState;
}
