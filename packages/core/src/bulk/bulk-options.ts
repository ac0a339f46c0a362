import { readOptions } from "../client/read-options.js";
import { ConfigurationError } from "../errors/connectry-error.js";
import type { BulkLog } from "./bulk-log.js";

/** What has become of the items so far. */
export interface BulkProgress {
  readonly done: number;
  readonly failed: number;
  /** Items that an earlier run had done. */
  readonly skipped: number;
  /** Items that an earlier run had begun, and that were not sent again. */
  readonly unknown: number;
  readonly running: number;
  /** How many items there are, where that is known before. */
  readonly total: number | undefined;
  /** Whether the run is over, also where it was left or failed. */
  readonly isEnded: boolean;
}

/** The options of `bulk`. */
export interface BulkOptions<Item> {
  /** How many items are under way at once. No more are held in memory. @default 10 */
  readonly concurrency?: number | undefined;
  /**
   * Names the run, such as `import-2026-11`. Each item then has an idempotency key that is derived from it and the key of the item: a
   * run that is started again under its name applies no item twice. @default none: providers without idempotency keys reject them
   */
  readonly run?: string | undefined;
  /** Identifies an item within the run, and must differ from that of all others. @default its index */
  readonly keyOf?: ((item: Item, index: number) => string) | undefined;
  /** Remembers which items are done: those are skipped. `memoryLog()`, `fileLog(path)`, or `redisLog()` of `@connectry/core/redis`. @default none */
  readonly done?: BulkLog | undefined;
  /** After so many failures no further item is begun, and BulkStoppedError is thrown. @default never */
  readonly stopAfter?: number | undefined;
  /** Aborts the items under way, and the run, which then rejects with the reason. */
  readonly signal?: AbortSignal | undefined;
  /** Is called whenever an item has ended, and once when the run has. `progressBar()` of `@connectry/core/progress-bar` shows it. */
  readonly onProgress?: ((progress: BulkProgress) => void) | undefined;
}

const others = ["run", "keyOf", "done", "signal", "onProgress"];

/** The numbers of the options. Throws ConfigurationError for an unknown option, a count that is not positive, and a blank name. */
export function readBulkOptions(options: BulkOptions<never>) {
  const defaults = { concurrency: 10, stopAfter: Number.POSITIVE_INFINITY };
  const { run } = options;
  if (run !== undefined && (typeof run !== "string" || run.trim() === "")) {
    throw new ConfigurationError("bulk: run must be a name, such as import-2026-11.");
  }
  return readOptions(options, { defaults, others, where: "bulk" });
}
