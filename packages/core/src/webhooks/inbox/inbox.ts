/** The result of claiming an event. */
export type InboxClaim =
  /** The caller processes the event, and holds the claim until the lease ends. */
  | { readonly kind: "claimed"; readonly token: string }
  /** Another caller is processing the event. It may succeed or fail. */
  | { readonly kind: "busy"; readonly retryAfterMs: number }
  /** The event was processed before. `response` is what `complete` recorded with it. */
  | { readonly kind: "done"; readonly response?: string | undefined };

/** A claim that is held: the event, and proof of who claimed it. */
export interface HeldClaim {
  /** The key of the event in its inbox: scheme, endpoint and id, such as `stripe:/webhooks:evt_1`. */
  readonly key: string;
  readonly token: string;
}

/**
 * Remembers which events were processed, so that each is processed once. A process that crashes between `claim` and
 * `complete` loses the claim when the lease ends, and the next delivery of the event is processed.
 */
export interface Inbox {
  /**
   * Claims an event for the duration of the lease. All events of a delivery are claimed in the same turn of the event loop, so
   * that an inbox can send these claims together.
   */
  claim(key: string, leaseMs: number): Promise<InboxClaim>;
  /** Extends a claim. Resolves to false where the claim is lost. */
  renew(key: string, token: string, leaseMs: number): Promise<boolean>;
  /**
   * Records that the event was processed, for at least 76 hours, and the text that a later `claim` returns as its
   * `response`. An inbox may forget that text earlier.
   */
  complete(key: string, token: string, response?: string): Promise<void>;
  /** Gives up a claim after a failure, so that the next delivery can claim the event at once. */
  release(key: string, token: string): Promise<void>;
  /** Forgets an event, processed or claimed, so that its next delivery is processed. */
  forget(key: string): Promise<void>;
}

/**
 * How long processed events are remembered. Providers deliver again for up to three days (Stripe); this is a little
 * longer.
 */
export const defaultKeepMs = 76 * 3_600_000;
