import type { Call } from "../pipeline/call.js";

/** An answer as it comes off the wire: a redirect is not followed, and the body is decoded and not yet read. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /**
   * A stream; or, unless the call asks for one (`settings.stream`), the body's chunks: all of them, or enough to be more
   * than `settings.maxResponseBytes`.
   */
  readonly body: ReadableStream<Uint8Array> | readonly Uint8Array[] | null;
}

/** Sends one request as it is, and ends with it when the call's signal aborts. What it throws becomes a NetworkError. */
export type Transport = (call: Call) => Promise<Answer>;
