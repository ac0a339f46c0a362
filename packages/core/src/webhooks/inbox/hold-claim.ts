import type { Clock } from "../../platform/clock.js";
import type { HeldClaim, Inbox } from "./inbox.js";

/** How claims are held. */
export interface HoldOptions {
  readonly leaseMs: number;
  readonly clock: Clock;
  /** Is notified of failures of the inbox, and when a claim is lost. */
  readonly report: (error: unknown) => void;
}

/** A claim that an inbox returned. */
export interface SentClaim extends HeldClaim {
  readonly inbox: Inbox;
  /** When it was sent, by the monotonic clock. The inbox counts the lease from then or later. */
  readonly sentAtMs: number;
}

/**
 * A claim that is renewed until it is completed or released. Where recording that fails, it is tried again until the lease ends;
 * both methods resolve after the first attempt, because the response to the provider must not wait longer.
 */
export interface Hold {
  readonly claim: HeldClaim;
  /** Is aborted when the claim is lost. */
  readonly signal: AbortSignal;
  complete(response: string | undefined): Promise<void>;
  release(): Promise<void>;
}

// The claim of a handler that never ends is not renewed forever.
const maxLeases = 10;

/** Renews a claim until it is completed or released. */
export function holdClaim({ inbox, key, token, sentAtMs }: SentClaim, { leaseMs, clock, report }: HoldOptions): Hold {
  const controller = new AbortController();
  const stepMs = leaseMs / 12;
  let endsAtMs = sentAtMs + leaseMs;
  let isSettled = false;
  let cancel: () => void;
  const lose = () => {
    if (isSettled) return;
    isSettled = true;
    cancel();
    const error = new Error(`The claim of ${key} is lost: another delivery of the event may be processed.`);
    report(error);
    controller.abort(error);
  };
  const waitForStep = () => {
    cancel = clock.schedule(stepMs, () => {
      const nowMs = clock.monotonic();
      // A step early, so that the handler is notified before another caller can claim the event.
      if (nowMs + stepMs >= endsAtMs) return lose();
      waitForStep();
      if (nowMs > sentAtMs + leaseMs * maxLeases) return;
      inbox.renew(key, token, leaseMs).then((isHeld) => {
        if (isHeld) endsAtMs = nowMs + leaseMs;
        else lose();
      }, report);
    });
  };
  waitForStep();
  const record = (send: () => Promise<void>): Promise<void> => {
    isSettled = true;
    cancel();
    return send().catch((error) => {
      report(error);
      if (clock.monotonic() + stepMs < endsAtMs) clock.schedule(stepMs, () => record(send));
    });
  };
  return {
    claim: { key, token },
    signal: controller.signal,
    complete: (response) => record(() => inbox.complete(key, token, response)),
    release: () => record(() => inbox.release(key, token)),
  };
}
