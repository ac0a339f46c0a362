import type { Body, CallHeaders, CallSettings, Operation, Tenant } from "../pipeline/call.js";
import type { Next } from "../pipeline/policy.js";
import type { Reply } from "../pipeline/reply.js";
import { withTimeout } from "../pipeline/with-timeout.js";
import type { Clock } from "../platform/clock.js";
import { toWriteError } from "../retry/outcome-unknown.js";

/** A serialized call before it has a deadline. */
export interface CallRequest {
  readonly operation: Operation;
  readonly url: string;
  readonly headers: CallHeaders;
  readonly body: Body | undefined | Promise<Body | undefined>;
  readonly signal: AbortSignal | undefined;
  readonly settings: CallSettings & { readonly deadlineMs: number };
  /** The owner of a call that carries a credential of its own. @default the owner of the connector's credential */
  readonly tenant?: Tenant | undefined;
}

/** Sends a call through the pipeline, under its deadline and its caller's signal. */
export type StartCall = (request: CallRequest) => Promise<Reply>;

/** Creates the function with which every call begins. */
export function createStartCall(pipeline: Next, clock: Clock): StartCall {
  return (request) => {
    const { operation, url, headers, settings, tenant } = request;
    const allowedMs = settings.deadlineMs;
    const dueAtMs = clock.monotonic() + allowedMs;
    const deadline = { atMs: dueAtMs, allowedMs };
    const limit = { operation, limit: "deadline", limitMs: allowedMs, dueAtMs, signal: request.signal } as const;
    let body: Body | undefined;
    const send = (signal: AbortSignal, ready: Body | undefined) => {
      body = ready;
      return pipeline({
        operation,
        tenant,
        url,
        headers: body?.contentType ? { "content-type": body.contentType, ...headers } : headers,
        body,
        attempt: 1,
        refreshCredential: false,
        deadline,
        signal,
        settings,
      });
    };
    const reply = withTimeout(limit, clock, (signal) =>
      request.body instanceof Promise ? request.body.then((ready) => send(signal, ready)) : send(signal, request.body),
    );
    return reply.catch(async (error: unknown) => {
      // A stream that no transport has begun to read is closed: it may hold a file or a connection.
      if (body?.kind === "one-shot" && !body.data.locked) await body.data.cancel().catch(() => {});
      throw toWriteError(operation, error);
    });
  };
}
