import type { Clock } from "../../platform/clock.js";
import type { AccountTokens } from "../server/account-tokens.js";

/** The tokens of an account as this process holds them. */
export interface HeldTokens {
  readonly tokens: AccountTokens;
  /** When the access token was requested, on the monotonic clock of this process. */
  readonly issuedAtMs: number;
}

/** What this process knows of an account. */
export interface AccountSlot {
  held?: HeldTokens | undefined;
  /** The search for a usable token, which all callers share. It goes on when they have left. */
  work?: Promise<HeldTokens> | undefined;
  /** Tokens that were issued are not in the store yet; fulfilled once they are. */
  unstored?: Promise<void> | undefined;
  /** Until when a failed refresh is not repeated, and its error. */
  pause?: { readonly untilMs: number; readonly error: unknown; readonly failures: number } | undefined;
}

// A token is replaced before it expires, because a call takes time, too.
const maxMarginMs = 60_000;
const marginPart = 0.1;

/** For how many milliseconds a token may still be used; `Infinity` where nobody says how long it lives. */
export function leftMs({ tokens, issuedAtMs }: HeldTokens, clock: Clock): number {
  return issuedAtMs + (tokens.lifetimeMs ?? Infinity) - clock.monotonic();
}

/** Whether a token need not be replaced yet. */
export function isFresh(held: HeldTokens, clock: Clock): boolean {
  return leftMs(held, clock) > Math.min(maxMarginMs, (held.tokens.lifetimeMs ?? 0) * marginPart);
}
