import type { Call, CallSettings, Operation } from "../pipeline/call.js";
import type { Next } from "../pipeline/policy.js";
import type { Reply } from "../pipeline/reply.js";
import { withLimit } from "../pipeline/with-limit.js";
import type { Clock } from "../platform/clock.js";

/** A call, put together, before it has a deadline. */
export interface CallRequest {
  readonly operation: Operation;
  readonly url: string;
  readonly headers: Headers;
  readonly body: Call["body"] | Promise<Call["body"]>;
  readonly signal: AbortSignal | undefined;
  readonly settings: CallSettings & { readonly deadlineMs: number };
}

/** Sends a call through the pipeline, under its deadline and its caller's signal. */
export type StartCall = (request: CallRequest) => Promise<Reply>;

/** Makes what every call begins with. */
export function createStartCall(pipeline: Next, clock: Clock): StartCall {
  return (request) => {
    const { headers, settings } = request;
    const allowedMs = settings.deadlineMs;
    const deadline = { atMs: clock.monotonic() + allowedMs, allowedMs };
    return withLimit(clock, "deadline", allowedMs, request, async (signal) => {
      const body = request.body instanceof Promise ? await request.body : request.body;
      if (body?.contentType && !headers.has("content-type")) headers.set("content-type", body.contentType);
      return pipeline({
        ...request,
        body,
        tenant: undefined,
        attempt: 1,
        refreshCredential: false,
        deadline,
        signal,
      });
    });
  };
}
