import type { VerdictKind } from "../retry/classify.js";
import type { Bytes } from "./bytes.js";

/** What one attempt came to. */
export interface Attempt {
  /** 1 for the first. */
  readonly number: number;
  /** Milliseconds since the epoch. */
  readonly startedAtMs: number;
  readonly durationMs: number;
  /** HTTP status; undefined when no answer arrived. */
  readonly status: number | undefined;
  readonly verdict: VerdictKind;
  /** What was waited before the next attempt; undefined on the last. */
  readonly waitedMs: number | undefined;
}

/** Where an answer came from, as seen by the cache. */
export type CacheOutcome = "miss" | "hit" | "stale" | "revalidated";

/**
 * The answer, plain data too: its bytes are already read, under cap and signal, unless the call asked for the stream. Of one
 * that a cache gave, `headers` and `body` are made when they are read, and no part of what `{ ...reply }` copies.
 */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  /** Where it came from, after redirects. */
  readonly url: string;
  readonly body: Bytes | ReadableStream<Uint8Array> | undefined;
  /** Of a stream: fulfilled once it was read to its end, was cancelled, failed, or its call was aborted. */
  readonly ended?: Promise<void> | undefined;
  /** Every attempt of this call, the last one included. */
  readonly attempts: readonly Attempt[];
  /** Undefined where the client has no cache. */
  readonly cache: CacheOutcome | undefined;
}
