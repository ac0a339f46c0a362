import type { Tenant } from "../pipeline/call.js";
import type { Gcra } from "./gcra.js";

/** What one request takes of one limit. */
export interface Share {
  /** Names the limit within its tenant: `default 0`, `default 1 GET /things`. */
  readonly name: string;
  readonly gcra: Gcra;
  /** Above 0. */
  readonly cost: number;
}

/** Hears that a provider wants fewer requests: nothing of that scope is sent for so long. */
export type OnPause = (pauseMs: number) => void;

/** What became of a request for a grant. */
export type Reservation =
  /** It holds, so many milliseconds from now; 0 for at once. */
  | { readonly kind: "held"; readonly delayMs: number }
  /** Nothing was taken, since one limit is so far away that the others would lie idle until then: ask again so much later. */
  | { readonly kind: "later"; readonly delayMs: number };

/** Where grants come from: this process alone, or something that several share. */
export interface GrantSource {
  /**
   * Reserves the next grant that all shares allow. `scope` is what a pause of it is named by. Never rejects: who cannot ask
   * says what it may grant by itself. `waiting` is how many wait in this line, the one that asks included: who pays for
   * each question may ask for some of them in advance.
   */
  reserve(tenant: Tenant, scope: string, shares: readonly Share[], waiting: number): Reservation | Promise<Reservation>;
  /** A provider said how long to wait: tells everyone who shares. The scope is a bucket, or an operation of it. */
  readonly pause?: (tenant: Tenant, scope: string, pauseMs: number) => void;
  /** Listens to what others were told; the last listener of a tenant's scope is the one that counts. */
  readonly onPause?: (tenant: Tenant, scope: string, listener: OnPause) => void;
}
