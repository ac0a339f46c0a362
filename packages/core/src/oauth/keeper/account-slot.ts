import type { AddressVariables } from "../../pipeline/strategies.js";
import type { Clock } from "../../platform/clock.js";

/** The access token of an account as this process holds it; what else belongs to the account is in the store. */
export interface HeldToken {
  readonly accessToken: string;
  /** The parts of addresses that are the account's own. */
  readonly variables: AddressVariables | undefined;
  /** How long it lives from when it was requested; undefined where nobody says. */
  readonly lifetimeMs: number | undefined;
  /** When the access token was requested, on the monotonic clock of this process. */
  readonly issuedAtMs: number;
}

/** What this process knows of an account. */
export interface AccountSlot {
  held?: HeldToken | undefined;
  /** The search for a usable token, which all callers share. It goes on when they have left. */
  work?: Promise<HeldToken> | undefined;
  /** Tokens that were issued are not in the store yet; fulfilled once they are. */
  unstored?: Promise<void> | undefined;
  /** Until when a failed refresh is not repeated, and its error. */
  pause?: { readonly untilMs: number; readonly error: unknown; readonly failures: number } | undefined;
}

// A token is replaced before it expires, because a call takes time, too.
const maxMarginMs = 60_000;
const marginPart = 0.1;

/** For how many milliseconds a token may still be used; `Infinity` where nobody says how long it lives. */
export function leftMs({ lifetimeMs, issuedAtMs }: HeldToken, clock: Clock): number {
  return issuedAtMs + (lifetimeMs ?? Infinity) - clock.monotonic();
}

/** Whether a token need not be replaced yet. */
export function isFresh(held: HeldToken, clock: Clock): boolean {
  return leftMs(held, clock) > Math.min(maxMarginMs, (held.lifetimeMs ?? 0) * marginPart);
}
