/** One check of the contract. */
export interface ContractCheck {
  /** A sentence for the title of a test. */
  readonly name: string;
  /** Rejects with an Error that lists all problems. */
  run(): Promise<void>;
}

/** Throws an Error that lists the problems, if there are any. */
export function throwIfAny(problems: readonly string[], summary: string): void {
  if (problems.length === 0) return;
  const listed = problems.slice(0, 50);
  const rest = problems.length > listed.length ? [`... and ${problems.length - listed.length} more`] : [];
  throw new Error(`${problems.length} ${summary}:\n${[...listed, ...rest].map((text) => `- ${text}`).join("\n")}`);
}
