import type { Call } from "../pipeline/call.js";
import type { Next } from "../pipeline/policy.js";
import type { Reply } from "../pipeline/reply.js";
import type { Clock } from "../platform/clock.js";
import { lostAnswer } from "./lost-answer.js";
import { readBody } from "./read-body.js";
import { followRedirect } from "./redirects.js";
import { streamBody } from "./stream-body.js";

async function toReply({ ok, status, headers, body }: Response, call: Call, clock: Clock): Promise<Reply> {
  const reply = { status, headers, url: call.url, attempts: [], cache: undefined };
  // An error is read even where a stream was asked for: it is short, and the caller needs to know it.
  if (call.settings.stream && ok) return { ...reply, ...streamBody(body, call, clock) };
  return { ...reply, body: await readBody(body, call) };
}

/** The end of the pipeline: one request by the platform's `fetch`, its redirects, and its body under cap and signal. */
export function fetchTransport(clock: Clock, fetch: typeof globalThis.fetch | undefined): Next {
  return async (first) => {
    let call = first;
    try {
      for (let followed = 0; ; followed += 1) {
        const { operation, url, headers, body, signal } = call;
        // `duplex` is asked for where a body is a stream, and no harm where it is none.
        const init = {
          method: operation.method,
          headers,
          signal,
          redirect: "manual",
          duplex: "half",
          body: body?.data,
        };
        // Looked up at each call, since a test or an instrumentation may replace it.
        const response = await (fetch ?? globalThis.fetch)(url, init as RequestInit);
        const next = followRedirect(call, response, followed);
        if (next === undefined) return await toReply(response, call, clock);
        await response.body?.cancel();
        call = next;
      }
    } catch (error) {
      throw lostAnswer(error, call);
    }
  };
}
