/** One promise that a connector keeps, and the way to find out. */
export interface ContractCheck {
  /** A sentence, to be the title of a test. */
  readonly name: string;
  /** Rejects with an Error that says what was found instead. */
  run(): Promise<void>;
}

/** Throws an Error with all that was found wrong; nothing where that is nothing. */
export function expectNone(problems: readonly string[], what: string): void {
  if (problems.length === 0) return;
  const shown = problems.slice(0, 50);
  const rest = problems.length > shown.length ? [`... and ${problems.length - shown.length} more`] : [];
  throw new Error(`${problems.length} ${what}:\n${[...shown, ...rest].map((text) => `- ${text}`).join("\n")}`);
}
