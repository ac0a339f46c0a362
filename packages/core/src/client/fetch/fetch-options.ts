import type { CacheOptions } from "../../pipeline/cache-options.js";
import type { ConnectorInternals } from "../internals.js";
import { type AccountOption, type Limits, limitDefaults, type ResolvedLimits } from "../options.js";
import { readOptions } from "../read-options.js";

/**
 * The options of `toFetch`. A limit that is set neither here nor on the client has another default than in a call of the
 * connector, because the library above has limits of its own: `deadlineMs` and `attemptTimeoutMs` 600_000, as long as the longest
 * default of an official SDK, until the response begins; `idleTimeoutMs` 300_000, as in Node's fetch. `maxResponseBytes` ends a
 * stream only where it is set here.
 */
export interface ToFetchOptions extends Limits, AccountOption {
  /**
   * Number of attempts, the first one included, whatever the client's option says. More than 1 keeps the pipeline's retries:
   * switch off those of the library above, because the two multiply. @default 1
   */
  readonly maxAttempts?: number | undefined;
  /**
   * What happens to a request with a credential that is not the connector's. `"reject"`: it throws ConfigurationError, and so it
   * does where the connector's credential is a function. `"replace"`: the connector's is sent instead. `"keep"`: it is sent as it
   * is, with limits of its own; a request without a credential gets the connector's. @default "reject"
   */
  readonly callerCredential?: "reject" | "replace" | "keep" | undefined;
  /**
   * The operations of the connector, `import * as operations from "@connectry/stripe/operations"`: each request then counts
   * against the limit of its own operation. @default those that differ from the others; of any other path, the segments that look
   * like ids are ignored
   */
  readonly operations?: Readonly<Record<string, { readonly method: string; readonly path: string }>> | undefined;
  /** As in a call: requests that wait are sent key by key in turn. @default one key for all */
  readonly fairnessKey?: string | undefined;
  /** As in a call, where the client has a cache: reads are then not streams, and up to `maxResponseBytes` long. @default none */
  readonly cache?: CacheOptions | undefined;
}

const minutesMs = 60_000;

const fetchDefaults: ResolvedLimits = {
  ...limitDefaults,
  // openai and @anthropic-ai/sdk wait for 10 minutes, stripe for 80 s.
  deadlineMs: 10 * minutesMs,
  attemptTimeoutMs: 10 * minutesMs,
  // bodyTimeout: https://undici.nodejs.org/#/docs/api/Client
  idleTimeoutMs: 5 * minutesMs,
};

const otherKeys = ["callerCredential", "operations", "fairnessKey", "cache", "account"];

/** The limits of each request: those of the options, else those that the client sets, else the defaults of `toFetch`. */
export function readFetchLimits(options: ToFetchOptions, { limitsOver }: ConnectorInternals): ResolvedLimits {
  const { concurrency, maxQueued, ...defaults } = limitsOver(fetchDefaults);
  return readOptions(options, { defaults: { ...defaults, maxAttempts: 1 }, others: otherKeys, where: "toFetch" });
}
