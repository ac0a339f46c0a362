import { defaultTransport } from "#default-transport";
import { limitDefaults } from "../../client/options.js";
import type { Call, Redact } from "../../pipeline/call.js";
import { redactError } from "../../pipeline/redact-error.js";
import type { Reply } from "../../pipeline/reply.js";
import { withTimeout } from "../../pipeline/with-timeout.js";
import type { Bytes } from "../../platform/bytes.js";
import type { Clock } from "../../platform/clock.js";
import { exchange } from "../../transport/exchange.js";
import { fetchTransport } from "../../transport/fetch-transport.js";
import type { Transport } from "../../transport/transport.js";

/** How requests to authorization servers are sent. */
export interface SendOptions {
  /** The function that sends requests, in place of the default of `transport`. */
  readonly fetch?: typeof globalThis.fetch | undefined;
  /** As in a connector's options. */
  readonly transport?: Transport | undefined;
  readonly clock: Clock;
  /** Time for one request, in milliseconds. It is the only thing that ends a request: its response may be the only one. */
  readonly timeoutMs: number;
}

/** A request to an authorization server. */
export interface ServerRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/**
 * Sends a request, and returns its response: status, headers and body, redirects unfollowed. Rejects with a CallError where there is
 * none; what a `fetch` threw is redacted, because it may contain the request.
 */
export type SendRequest = (
  request: ServerRequest,
  redact: Redact,
) => Promise<Reply & { readonly body: Bytes | undefined }>;

const maxResponseBytes = 1_048_576;
const lateMs = 1_000;

/**
 * A clock whose timers wait for another second where they are late: the process was stopped, and a response that has arrived in the
 * meantime is read before it times out.
 */
function clockOfLateTimers(clock: Clock): Clock {
  return {
    now: () => clock.now(),
    monotonic: () => clock.monotonic(),
    sleep: (delayMs, signal) => clock.sleep(delayMs, signal),
    schedule(delayMs, callback) {
      const dueMs = clock.monotonic() + delayMs;
      let cancel = clock.schedule(delayMs, () => {
        if (clock.monotonic() - dueMs < lateMs) callback();
        else cancel = clock.schedule(lateMs, callback);
      });
      return () => cancel();
    },
  };
}
const received = { kind: "success", retryAfterMs: undefined, notApplied: false, maybeApplied: false } as const;

/** Creates the function that sends requests to authorization servers, by the transport of calls. */
export function createSendRequest({ fetch, transport, clock, timeoutMs }: SendOptions): SendRequest {
  const next = exchange(transport ?? defaultTransport(fetchTransport(fetch), !!fetch), {
    classify: () => received,
    clock,
    readRequestId: () => undefined,
  });
  const lateTimers = clockOfLateTimers(clock);
  return async ({ url, method, headers, body }, redact) => {
    const { origin, pathname } = new URL(url);
    const operation: Call["operation"] = {
      id: `${method} ${pathname}`,
      method,
      path: pathname,
      baseUrl: origin,
      providerUrl: origin,
      safety: "unsafe",
      bucket: "default",
      body: "raw",
      response: "any",
      query: {},
      multiSegment: [],
    };
    const limit = { operation, limit: "attempt", limitMs: timeoutMs, signal: undefined } as const;
    const reply = await withTimeout(limit, lateTimers, (signal) =>
      next({
        operation,
        tenant: undefined,
        url,
        headers: { "user-agent": "connectry-oauth", ...headers },
        body: body === undefined ? undefined : { kind: "replayable", contentType: headers["content-type"], data: body },
        attempt: 1,
        refreshCredential: false,
        deadline: { atMs: Infinity, allowedMs: Infinity },
        signal,
        settings: { ...limitDefaults, maxResponseBytes, redirect: "manual" },
      }),
    ).catch((error: unknown) => {
      throw redactError(error, redact);
    });
    return reply as Reply & { readonly body: Bytes | undefined };
  };
}
