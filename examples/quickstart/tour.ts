import { loadDocuments } from "@connectry/codegen";

/** One line of the table that the quickstart prints. */
export interface Row {
  readonly provider: string;
  readonly call: string;
  readonly attempts: number;
  readonly outcome: string;
  readonly ms: number;
}

/** Records the results of calls. */
export interface Tour {
  readonly rows: readonly Row[];
  /** Runs one step, which returns the number of its attempts and their outcome. */
  step(call: string, run: () => Promise<{ readonly attempts: number; readonly outcome: string }>): Promise<void>;
}

/** Starts the tour of one provider. */
export function startTour(provider: string): Tour {
  const rows: Row[] = [];
  return {
    rows,
    async step(call, run) {
      const startedAt = performance.now();
      const { attempts, outcome } = await run();
      rows.push({ provider, call, attempts, outcome, ms: Math.round(performance.now() - startedAt) });
    },
  };
}

/** The documents of a provider, as its connector is generated from them. */
export async function readDocuments(provider: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  return (await loadDocuments(provider)).map(({ json }) => json);
}
