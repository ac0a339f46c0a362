/** Where the responses of a check come from. */
export type Evidence = "fake" | "vendor" | "both";

/** One check of the contract. */
export interface ContractCheck {
  /** A sentence for the title of a test. Where the contract has responses of the vendor, it ends with its evidence. */
  readonly name: string;
  /**
   * What the check is run against: the `fake`, a response of the `vendor`; or `both`, where the fake's part is confirmed by a check with
   * the vendor's response to the same question. What the fake alone says may repeat a mistake of the document or the profile.
   */
  readonly evidence: Evidence;
  /** Rejects with an Error that lists all problems. */
  run(): Promise<void>;
}

/** A check against the fake, and which responses of the vendor show the same. */
export interface FakeCheck extends Omit<ContractCheck, "evidence"> {
  /** All of them must be known: `401`, `retry-after`, a way to page. @default none can */
  readonly confirmedBy?: readonly string[];
}

/** Throws an Error that lists the problems, if there are any. */
export function throwIfAny(problems: readonly string[], summary: string): void {
  if (problems.length === 0) return;
  const listed = problems.slice(0, 50);
  const rest = problems.length > listed.length ? [`... and ${problems.length - listed.length} more`] : [];
  throw new Error(`${problems.length} ${summary}:\n${[...listed, ...rest].map((text) => `- ${text}`).join("\n")}`);
}
