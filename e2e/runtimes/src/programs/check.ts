import type { ScriptedFault } from "@connectry/testing";

/** Where the fake providers listen. */
export interface Addresses {
  readonly stripe: string;
  readonly github: string;
  readonly slack: string;
}

/** One thing that must come out alike on every runtime. */
export interface Check {
  /** What goes wrong at the providers meanwhile. */
  readonly faults?: (addresses: Addresses) => Partial<Record<keyof Addresses, readonly ScriptedFault[]>>;
  readonly run: (addresses: Addresses) => Promise<unknown>;
  /** What `run` must answer, as JSON. */
  readonly expected: unknown;
}

/** Checks by the sentence that they show. */
export type Checks = Readonly<Record<string, Check>>;

/** What one check came to, as JSON. */
export type Outcome = { readonly value?: unknown } | { readonly failure: string };

/** Runs checks one after the other; what one throws is its outcome. */
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
