import type { ScriptedFault } from "@connectry/testing";

/** Where the fake providers listen. */
export interface Addresses {
  readonly stripe: string;
  readonly github: string;
  readonly slack: string;
}

/** A check that must have the same outcome on every runtime. */
export interface Check {
  /** The faults of the providers meanwhile. */
  readonly faults?: (addresses: Addresses) => Partial<Record<keyof Addresses, readonly ScriptedFault[]>>;
  readonly run: (addresses: Addresses) => Promise<unknown>;
  /** What `run` must return, as JSON. */
  readonly expected: unknown;
}

/** Checks by their titles. */
export type Checks = Readonly<Record<string, Check>>;

/** The outcome of a check, as JSON. */
export type Outcome = { readonly value?: unknown } | { readonly failure: string };

/** Runs checks one after another; an error is the outcome of its check. */
export async function runChecks(checks: Checks, addresses: Addresses): Promise<Record<string, Outcome>> {
  const outcomes: Record<string, Outcome> = {};
  for (const [name, { run }] of Object.entries(checks)) {
    outcomes[name] = await run(addresses).then(
      (value) => ({ value }),
      (error: unknown) => ({ failure: error instanceof Error ? `${error.stack ?? error.message}` : String(error) }),
    );
  }
  return outcomes;
}
