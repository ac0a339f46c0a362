import { UnsafeRedirectError } from "../errors/unsafe-redirect-error.js";
import type { Call } from "../pipeline/call.js";
import type { Next } from "../pipeline/policy.js";
import type { Reply } from "../pipeline/reply.js";
import type { Clock } from "../platform/clock.js";
import { lostAnswer } from "./lost-answer.js";
import { readBody } from "./read-body.js";
import { followRedirect, maxRedirects } from "./redirects.js";
import { streamBody } from "./stream-body.js";

/** What the transport stands on. */
export interface FetchTransportOptions {
  readonly clock: Clock;
  /** @default the platform's, looked up at each call */
  readonly fetch?: typeof globalThis.fetch | undefined;
}

type StreamInit = RequestInit & { duplex?: "half" };

function requestInit(call: Call): StreamInit {
  const { operation, headers, body, signal } = call;
  const init: StreamInit = { method: operation.method, headers, signal, redirect: "manual" };
  if (body === undefined) return init;
  if (body.kind === "one-shot") init.duplex = "half";
  return { ...init, body: body.data };
}

async function toReply(response: Response, call: Call, clock: Clock): Promise<Reply> {
  const { status, headers } = response;
  // An error is read even where a stream was asked for: it is short, and the caller needs to know it.
  const stream = call.settings.stream && response.ok && response.body !== null;
  const body = stream ? streamBody(response.body, call, clock) : await readBody(response, call);
  return { status, headers, url: call.url, body, attempts: [], cache: undefined };
}

/** The end of the pipeline: one request by the platform's `fetch`, its redirects, and its body under cap and signal. */
export function fetchTransport({ clock, fetch }: FetchTransportOptions): Next {
  return async (first) => {
    let call = first;
    try {
      for (let followed = 0; followed <= maxRedirects; followed += 1) {
        const response = await (fetch ?? globalThis.fetch)(call.url, requestInit(call));
        const next = followRedirect(call, response.status, response.headers.get("location"));
        if (next === undefined) return await toReply(response, call, clock);
        await response.body?.cancel();
        call = next;
      }
    } catch (error) {
      throw lostAnswer(error, call);
    }
    throw new UnsafeRedirectError(`${first.operation.id} was redirected more than ${maxRedirects} times.`, {
      operation: first.operation.id,
    });
  };
}
