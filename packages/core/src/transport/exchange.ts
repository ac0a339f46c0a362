import { CallError } from "../errors/call-errors.js";
import type { Call } from "../pipeline/call.js";
import type { Next } from "../pipeline/policy.js";
import type { ClassifyReply, Reply } from "../pipeline/reply.js";
import type { Verdict } from "../pipeline/verdict.js";
import type { Clock } from "../platform/clock.js";
import { leaveUnread } from "../platform/leave-unread.js";
import { success } from "../retry/classify.js";
import { readBody } from "./read-body.js";
import type { followRedirect } from "./redirects.js";
import { streamBody } from "./stream-body.js";
import { toNetworkError } from "./to-network-error.js";
import type { Transport, TransportResponse } from "./transport.js";

/** The verdict of a failed GET that followed a write: what the provider says of the GET is not true of the write. */
function ofAppliedWrite(verdict: Verdict): Verdict {
  const kind = verdict.kind === "reauthenticate" ? "failed" : verdict.kind;
  return { ...verdict, kind, notApplied: false, maybeApplied: true };
}

/** Sends a request. A body that is not in memory, or whose progress is observed, is opened for it. */
function send(transport: Transport, call: Call): Promise<TransportResponse> {
  const { body, settings } = call;
  if (!body || (body.kind === "replayable" && !settings.onUploadProgress)) return transport(call);
  return import("#upload").then((loaded) => loaded.sendUpload(transport, call, body));
}

const redirectStatuses = [301, 302, 303, 307, 308];

/** Whether a response is a redirect that the client is to follow. */
const isRedirect = ({ settings }: Call, { status }: TransportResponse) =>
  settings.redirect !== "manual" && redirectStatuses.includes(status);

/** The request that a redirect asks for. What reads redirects is loaded with the first: few providers send any. */
const redirected = (...redirect: Parameters<typeof followRedirect>) =>
  import("./redirects.js").then((loaded) => loaded.followRedirect(...redirect));

/** What the end of the pipeline does with a response. */
export interface ExchangeContext {
  readonly classify: ClassifyReply;
  readonly clock: Clock;
  readonly readRequestId: (reply: Pick<Reply, "headers" | "body">, verdict: Verdict) => string | undefined;
}

/**
 * The end of the pipeline: one request by the transport, its redirects, and its body under cap and signal. Here the response
 * is classified, once.
 */
export function exchange(transport: Transport, { classify, clock, readRequestId }: ExchangeContext): Next {
  return async (first) => {
    let call = first;
    const wasSeeOther = () => call.operation.method !== first.operation.method;
    try {
      for (let followed = 0; ; followed += 1) {
        const response = await send(transport, call);
        const { status, statusText, headers, body, requests } = response;
        const stream = body && "getReader" in body ? body : null;
        const next = isRedirect(call, response) ? await redirected(call, response, followed) : undefined;
        if (!next) {
          // An error is read even where a stream was asked for: it is short, and the caller needs its content.
          const isStream = call.settings.stream && status >= 200 && status < 300;
          const whole = isStream ? undefined : readBody(body, call);
          const content: Pick<Reply, "body" | "ended"> = isStream
            ? streamBody(stream, call, clock)
            : { body: whole instanceof Promise ? await whole : whole };
          const seeOther = wasSeeOther();
          const reply: { -readonly [Key in keyof Reply]: Reply[Key] } = {
            status,
            statusText,
            headers,
            url: call.url,
            seeOther,
            body: content.body,
            ended: content.ended,
            // Until it is classified.
            verdict: success,
            attempts: [],
            requests,
            cache: undefined,
            requestId: undefined,
            redact: call.redact,
          };
          const verdict = classify(reply, clock);
          reply.requestId = readRequestId(reply, verdict);
          reply.verdict = seeOther && verdict.kind !== "success" ? ofAppliedWrite(verdict) : verdict;
          return reply;
        }
        leaveUnread(stream);
        call = next;
      }
    } catch (error) {
      const thrown = toNetworkError(error, call);
      if (wasSeeOther() && CallError.isInstance(thrown)) thrown.maybeSent = true;
      throw thrown;
    }
  };
}
