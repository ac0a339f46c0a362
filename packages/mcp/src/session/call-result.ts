/** What became of a call. */
export interface CallResult {
  readonly kind: "response" | "failure" | "refused";
  /** What happened, in our words alone. */
  readonly summary: string;
  /** What the provider said, which is not to be trusted; undefined where nothing is. */
  readonly data?: unknown;
  /** Whether the same write may be sent again: it was not applied, or its key lets the provider recognize it. */
  readonly mayRepeat: boolean;
}

/** A call that was not made, and why. */
export function refused(reason: string): CallResult {
  return { kind: "refused", summary: `Not sent: ${reason}.`, mayRepeat: true };
}
