import { readFile } from "node:fs/promises";

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

/** A document that `connectry pull --out examples/documents` wrote. */
export async function readDocument(name: string): Promise<Record<string, unknown>> {
  return JSON.parse(await readFile(new URL(`../documents/${name}.json`, import.meta.url), "utf8"));
}
