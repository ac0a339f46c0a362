import type { Next } from "../pipeline/policy.js";
import type { Clock } from "../platform/clock.js";
import { lostAnswer } from "./lost-answer.js";
import { readBody } from "./read-body.js";
import { followRedirect } from "./redirects.js";
import { streamBody } from "./stream-body.js";
import type { Transport } from "./transport.js";

/** The end of the pipeline: one request by the transport, its redirects, and its body under cap and signal. */
export function exchange(transport: Transport, clock: Clock): Next {
  return async (first) => {
    let call = first;
    try {
      for (let followed = 0; ; followed += 1) {
        const answer = await transport(call);
        const { status, headers, body } = answer;
        const stream = body && "getReader" in body ? body : null;
        const next = followRedirect(call, answer, followed);
        if (!next) {
          const reply = { status, headers, url: call.url, attempts: [], cache: undefined };
          // An error is read even where a stream was asked for: it is short, and the caller needs to know it.
          return call.settings.stream && status >= 200 && status < 300
            ? { ...reply, ...streamBody(stream, call, clock) }
            : { ...reply, body: await readBody(body, call) };
        }
        await stream?.cancel();
        call = next;
      }
    } catch (error) {
      throw lostAnswer(error, call);
    }
  };
}
