import { appendFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** What a worker's file exports: it starts a worker whose handler calls `process`. */
export type StartCrashingWorker = (settings: {
  readonly address: string;
  readonly file: string;
  /** Which queue, where it is not that of the defaults. */
  readonly queueOptions?: Readonly<Record<string, string>>;
}) => Promise<void>;

/** The handler of a crashing worker: it takes a moment, fails now and then, and writes the id when the event is processed. */
export function slowHandler(file: string): (event: { readonly id: string }) => Promise<void> {
  let count = 0;
  return async ({ id }) => {
    count += 1;
    await sleep(20);
    if (count % 7 === 0) throw new Error("the ledger is busy");
    appendFileSync(file, `${id}\n`);
  };
}
