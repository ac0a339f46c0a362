/** How often each kind of fault was caused. */
export type ChaosCounts = Record<"kill" | "stop" | "reshard" | "slow" | "stop a process" | "reject all tokens", number>;

/** What 4 processes did for a time on a cluster that was disturbed. */
export interface SoakFigures {
  readonly minutes: number;
  readonly chaos: ChaosCounts;
  readonly writes: number;
  readonly lostWrites: number;
  readonly doubledWrites: number;
  readonly reads: number;
  readonly priceRequests: number;
  /** By how much the oldest price was older than it may be. */
  readonly oldestMs: number;
  /** Calls that failed, by the last fault before them and their error. */
  readonly failures: Readonly<Record<string, number>>;
  readonly requests: number;
  readonly lostResponses: number;
  readonly unavailableResponses: number;
  /** The most calls of an account in any second, as a part of its limit. */
  readonly worstSecond: number;
  readonly events: number;
  readonly deliveries: number;
  readonly rejectedDeliveries: number;
  readonly lostEvents: number;
  /**
   * Events with two effects; those of them that the inbox no longer remembered when it could be reached again; and those that neither
   * this nor the kill of a master explains.
   */
  readonly doubledEvents: number;
  readonly forgottenEvents: number;
  readonly unexplainedEvents: number;
  readonly refreshes: number;
  readonly reuses: number;
  readonly revocations: number;
  /** The heap of the process that holds most, and the keys of all masters: after a third of the time, and at the end. */
  readonly heapBytes: readonly [number, number];
  readonly resources: readonly [number, number];
  readonly keys: readonly [number, number];
}
