import type { Clock } from "../../platform/clock.js";
import type { HeldClaim, Inbox, InboxClaim } from "./inbox.js";

/** How claims are held. */
export interface HoldOptions {
  readonly leaseMs: number;
  readonly clock: Clock;
  /** Is notified of failures of the inbox, and when a claim is lost. */
  readonly report: (error: unknown) => void;
}

/**
 * A claim that is renewed until it is completed or released. Where recording that fails, it is tried again until the lease ends;
 * both methods resolve after the first attempt, because the response to the provider must not wait longer.
 */
export interface Hold {
  readonly kind: "claimed";
  readonly claim: HeldClaim;
  /** Is aborted when the claim is lost. */
  readonly signal: AbortSignal;
  complete(response: string | undefined): Promise<void>;
  release(): Promise<void>;
}

/** Claims an event, and holds the claim. */
export type ClaimEvent = (key: string) => Promise<Hold | Exclude<InboxClaim, { readonly kind: "claimed" }>>;

// The claim of a handler that never ends is not renewed forever.
const maxLeases = 10;

/** Claims the events of a delivery. One timer renews all of its claims, so that an inbox can send the renewals together. */
export function claimsOf(inbox: Inbox, { leaseMs, clock, report }: HoldOptions): ClaimEvent {
  const stepMs = leaseMs / 12;
  const steps = new Set<() => void>();
  let cancel: () => void;
  const schedule = () => {
    cancel = clock.schedule(stepMs, () => {
      schedule();
      for (const step of steps) step();
    });
  };

  const hold = (claim: HeldClaim, sentAtMs: number): Hold => {
    const { key, token } = claim;
    const controller = new AbortController();
    // The inbox counts the lease from when it receives the claim, which is later.
    let endsAtMs = sentAtMs + leaseMs;
    let record: (() => Promise<void>) | undefined;
    const end = () => {
      steps.delete(step);
      if (steps.size === 0) cancel();
    };
    const lose = () => {
      if (record !== undefined) return;
      end();
      const error = new Error(`The claim of ${key} is lost: another delivery of the event may be processed.`);
      report(error);
      controller.abort(error);
    };
    const step = () => {
      const nowMs = clock.monotonic();
      // A step early, so that the handler is notified before another caller can claim the event.
      if (nowMs + stepMs >= endsAtMs) {
        lose();
        end();
      } else if (record !== undefined) record().then(end, report);
      else if (nowMs <= sentAtMs + leaseMs * maxLeases) {
        inbox.renew(key, token, leaseMs).then((isHeld) => {
          if (isHeld) endsAtMs = nowMs + leaseMs;
          else lose();
        }, report);
      }
    };
    const settle = (send: () => Promise<void>) => {
      record = send;
      return send().then(end, report);
    };
    if (steps.size === 0) schedule();
    steps.add(step);
    return {
      kind: "claimed",
      claim,
      signal: controller.signal,
      complete: (response) => settle(() => inbox.complete(key, token, response)),
      release: () => settle(() => inbox.release(key, token)),
    };
  };

  return async (key) => {
    const sentAtMs = clock.monotonic();
    const result = await inbox.claim(key, leaseMs);
    return result.kind === "claimed" ? hold({ key, token: result.token }, sentAtMs) : result;
  };
}
