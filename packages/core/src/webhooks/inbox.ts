/** What came of a claim. */
export type Claim =
  /** It is this caller's to work on, until the lease is over. */
  | { readonly kind: "claimed"; readonly token: string }
  /** Another is at work on it: it may be done soon, or fail. */
  | { readonly kind: "busy"; readonly retryAfterMs: number }
  /** It was worked on before. */
  | { readonly kind: "done" };

/**
 * Remembers which events were worked on, so that each has its effect once. Whoever crashes between claim and complete
 * loses the claim with the lease, and the next delivery of that event is worked on again.
 */
export interface Inbox {
  /** Claims an event for as long as the lease lasts. */
  claim(key: string, leaseMs: number): Promise<Claim>;
  /** Prolongs a claim; false where it is lost. */
  renew(key: string, token: string, leaseMs: number): Promise<boolean>;
  /** The work is done: the event is remembered for at least 76 hours. */
  complete(key: string, token: string): Promise<void>;
  /** The work failed: the next delivery may claim it at once. */
  release(key: string, token: string): Promise<void>;
}

/** How long ids are kept: providers deliver again for up to three days (Stripe), and a little longer is safe. */
export const defaultKeepMs = 76 * 3_600_000;
