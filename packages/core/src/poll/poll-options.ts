import { readOptions } from "../client/read-options.js";
import type { Result } from "../client/typed-client.js";
import { ConfigurationError } from "../errors/connectry-error.js";

/** What a call of `poll` is to be given: its options begin with it. */
export interface PollInit {
  readonly signal?: AbortSignal;
  /** What is left of `totalDeadlineMs`, where that is less than a call may take by itself. */
  readonly deadlineMs?: number;
}

/** What the call that starts is to be given. */
export interface StartInit extends PollInit {
  /** Where the run has a name and the provider supports keys. */
  readonly idempotencyKey?: string;
}

/** Remembers the id of what a run has started: a Map, a client of Redis, or anything else with these two functions. */
export interface RunStore {
  get(key: string): string | null | undefined | Promise<string | null | undefined>;
  set(key: string, id: string): unknown;
}

/** What is known after each status. */
export interface PollProgress<Data> {
  readonly id: string;
  readonly data: Data;
  /** How many times the status was read. */
  readonly reads: number;
  /** Milliseconds until it is read again; undefined where it is not. */
  readonly nextMs: number | undefined;
}

/** The options of `poll`. */
export interface PollOptions<Started, Data> {
  /** Starts the work. It is not called where `id` is given, or the store has one for the run. */
  readonly start: (init: StartInit) => Promise<Result<Started>>;
  /** The id of what was started, or whatever else `read` needs. @default the field `id` of the data */
  readonly idOf?: ((started: Started) => string) | undefined;
  /** Reads the status of what has this id. */
  readonly read: (id: string, init: PollInit) => Promise<Result<Data>>;
  /** Whether the work has ended. */
  readonly until: (data: Data) => boolean;
  /** Whether the work that has ended has failed: then RunFailedError is thrown. @default never */
  readonly failed?: ((data: Data) => boolean) | undefined;
  /** Continues with what was started before, instead of starting. */
  readonly id?: string | undefined;
  /** Names the run, such as `report-2026-11`: with `store`, a run that is started again under its name starts nothing twice. */
  readonly run?: string | undefined;
  /** Where the id of a named run is kept. */
  readonly store?: RunStore | undefined;
  /** Milliseconds before the first status. Each further wait is half as long again. @default 1,000 */
  readonly everyMs?: number | undefined;
  /** The longest of these waits. A longer one that the provider asks for by `Retry-After` is kept. @default 30,000 */
  readonly maxEveryMs?: number | undefined;
  /** How long all of it may take: then TimeoutError is thrown, and the work goes on. @default unbounded */
  readonly totalDeadlineMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Is called after each status. */
  readonly onProgress?: ((progress: PollProgress<Data>) => void) | undefined;
}

const defaults = { everyMs: 1_000, maxEveryMs: 30_000, totalDeadlineMs: Number.POSITIVE_INFINITY };
const others = ["start", "idOf", "read", "until", "failed", "id", "run", "store", "signal", "onProgress"];

/** The numbers of the options. Throws ConfigurationError for an unknown option, a time that is not valid, and a store without a run. */
export function readPollOptions(options: Pick<PollOptions<unknown, unknown>, "run" | "store">) {
  const { run, store } = options;
  if (store && !run?.trim())
    throw new ConfigurationError("poll: store needs the name of a run, such as report-2026-11.");
  return readOptions(options, { defaults, others, where: "poll" });
}
