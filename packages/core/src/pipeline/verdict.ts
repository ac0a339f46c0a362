import type { VerdictKind } from "../errors/call-errors.js";

/** What a response or a failure means for its call. */
export interface Verdict {
  readonly kind: VerdictKind;
  /** How long the provider asked to wait, in milliseconds. */
  readonly retryAfterMs: number | undefined;
  /** It was certainly not executed, so that even an unsafe write may be sent again. */
  readonly notApplied: boolean;
  /** It may have been executed, in whole or in part, although it failed. After retry: by any of the attempts. */
  readonly maybeApplied: boolean;
}
