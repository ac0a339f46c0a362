import { Agent, type Dispatcher } from "undici";
import { AnswerHandler } from "./answer-handler.js";
import { acceptEncoding } from "./decoders.js";
import type { Transport } from "./transport.js";

/** What requests are sent by. */
export interface UndiciTransportOptions {
  /** A dispatcher of undici 7 or 8: proxies, TLS and connections are set up on it. @default a `new Agent()` of this transport's own */
  readonly dispatcher?: Dispatcher | undefined;
}

// What `fetch` adds of itself. Time is bounded above, for the call and for each attempt.
const defaults = { accept: "*/*", "accept-encoding": acceptEncoding };
const noTimeouts = { headersTimeout: 0, bodyTimeout: 0 };

/** Sends by undici's dispatcher, without the `Request`, `Response` and streams of `fetch`: half of its time and less. */
export function undiciTransport({ dispatcher = new Agent() }: UndiciTransportOptions = {}): Transport {
  return (call) =>
    new Promise((resolve, reject) => {
      const { origin, pathname, search } = new URL(call.url);
      const request = {
        ...noTimeouts,
        origin,
        path: pathname + search,
        method: call.operation.method as Dispatcher.HttpMethod,
        headers: { ...defaults, ...Object.fromEntries(call.headers) },
        // A stream of the web can be iterated, which is all that is asked of a body.
        body: call.body?.data as Dispatcher.DispatchOptions["body"],
      };
      dispatcher.dispatch(request, new AnswerHandler(call, resolve, reject));
    });
}
