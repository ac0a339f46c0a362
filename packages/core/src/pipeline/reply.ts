import type { Attempt } from "../errors/call-errors.js";
import type { Bytes } from "../platform/bytes.js";
import type { Clock } from "../platform/clock.js";
import type { Redact } from "./call.js";
import type { Verdict } from "./verdict.js";

/** How the cache took part in a response. */
export type CacheOutcome = "miss" | "hit" | "stale" | "revalidated";

/**
 * A response as plain data: its bytes are already read, under cap and signal, unless the call asked for a stream. Of a
 * response that came from the cache, `headers` and `body` are created when they are read, and `{ ...reply }` does not copy them.
 */
export interface Reply {
  readonly status: number;
  /** The reason phrase, where the transport reports it; HTTP/2 has none. */
  readonly statusText?: string | undefined;
  readonly headers: Headers;
  /** The address that responded, after redirects. */
  readonly url: string;
  /**
   * The provider responded to the write with 303 (See Other): this is the response to a GET of `url`, which tells the result
   * of the write (RFC 9110, section 15.4.4).
   */
  readonly seeOther?: boolean | undefined;
  /** Its bytes may be a part of a larger buffer, with the head of the response before them. */
  readonly body: Bytes | ReadableStream<Uint8Array> | undefined;
  /** Of a stream: how many bytes of it were read, once it was read to its end, was cancelled, failed, or its call was aborted. */
  readonly ended?: Promise<number> | undefined;
  /** What the response means for the call: classified once, where it arrived. */
  readonly verdict: Verdict;
  /** Every attempt of this call, the last one included. */
  readonly attempts: readonly Attempt[];
  /** How many requests the last attempt sent, where that is known to be more than one. */
  readonly requests?: number | undefined;
  /** The idempotency key under which a write was sent: the caller's, or a generated one. */
  readonly idempotencyKey?: string | undefined;
  /** Undefined where the client has no cache. */
  readonly cache: CacheOutcome | undefined;
  /** The provider's id of the response, to quote to its support. Undefined where it sends none, and of a response from the cache. */
  readonly requestId?: string | undefined;
  /** Of a response from the cache: when the provider last confirmed it, in milliseconds since the epoch. */
  readonly validatedAtMs?: number | undefined;
  /** Redacts the credential of the call: a success is not redacted, and an error about it must be. */
  readonly redact?: Redact | undefined;
}

/** Classifies a response as it arrives. The clock is asked where a hint names a time. */
export type ClassifyReply = (reply: Omit<Reply, "verdict">, clock: Pick<Clock, "now">) => Verdict;
