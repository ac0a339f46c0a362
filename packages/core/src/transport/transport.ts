import type { Call } from "../pipeline/call.js";

/** A response as it arrives: a redirect is not followed, and the body is decoded but not read. */
export interface TransportResponse {
  readonly status: number;
  readonly statusText?: string | undefined;
  readonly headers: Headers;
  /**
   * A stream; or, unless the call asks for one (`settings.stream`), the chunks of the body: all of them, or enough to exceed
   * `settings.maxResponseBytes`.
   */
  readonly body: ReadableStream<Uint8Array> | readonly Uint8Array[] | null;
  /** How many requests were sent, where that is known to be more than one. */
  readonly requests?: number | undefined;
}

/** Sends one request as it is, and ends it when the call's signal aborts. What it throws becomes a NetworkError. */
export type Transport = (call: Call) => Promise<TransportResponse>;
