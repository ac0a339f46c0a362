/** A connector that `connectry add` began, and that was completed by what its vendor publishes. */
export interface Completed {
  readonly id: string;
  /** What `connectry add` read of the document. */
  readonly drafted: string;
  /** What was written by hand, each with the reason for which no document could say it. */
  readonly byHand: readonly (readonly [what: string, why: string])[];
}

/** Why the environment variable of a credential is written by hand. */
export const named = (draft: string) => `a document names no environment variable: the draft is ${draft}`;
