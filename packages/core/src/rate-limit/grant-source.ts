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

/** Hears that a provider wants fewer requests: nothing is granted to that tenant's bucket for so long. */
export type OnPause = (pauseMs: number) => void;

/** Where grants come from: this process alone, or something that several share. */
export interface GrantSource {
  /**
   * Reserves the next grant that all shares allow, and says how far away it is: milliseconds from the moment of the answer,
   * 0 for at once. Never rejects: who cannot ask says what it may grant by itself.
   */
  reserve(tenant: Tenant, shares: readonly Share[]): number | Promise<number>;
  /** A provider said how long to wait: tells everyone who shares. */
  readonly pause?: (tenant: Tenant, bucket: string, pauseMs: number) => void;
  /** Listens to what others were told; called once for each tenant and bucket. */
  readonly onPause?: (tenant: Tenant, bucket: string, listener: OnPause) => void;
}
