import type { Dispatcher } from "undici";
import { ConfigurationError } from "../errors/connectry-error.js";
import { loadPeer } from "../errors/load-peer.js";
import type { Call } from "../pipeline/call.js";
import { acceptEncoding } from "../transport/decoders.js";
import { isFetchReplaced } from "../transport/node/replaced-fetch.js";
import { requestTarget } from "../transport/request-target.js";
import type { Transport, TransportResponse } from "../transport/transport.js";
import { ResponseHandler } from "./response-handler.js";

/** The options of `undiciTransport`. */
export interface UndiciTransportOptions {
  /**
   * A dispatcher of undici 7 or 8, on which proxies, TLS and connections are configured. Over HTTP/2 (`allowH2`, which undici 8 has by
   * default) undici reports the reset of a stream as the end of its body: it is only detected where the response has a
   * `content-length`.
   *
   * @default an Agent for this transport, which speaks HTTP/1.1
   */
  readonly dispatcher?: Dispatcher | undefined;
}

/** The origins whose requests an interceptor must see, such as the fake providers of `@connectry/testing/msw`. */
function isIntercepted(origin: string): boolean {
  const origins = (globalThis as Record<symbol, unknown>)[Symbol.for("connectry.interceptedOrigins")];
  return origins instanceof Set && origins.has(origin) && isFetchReplaced();
}

const unseen =
  "undiciTransport: MSW does not see its requests: leave the option `transport` out in this test, or pass a MockAgent of undici as `dispatcher`.";

// The headers that `fetch` adds. Undici's timeouts are off, because the call and each attempt have their own.
const defaults = { accept: "*/*", "accept-encoding": acceptEncoding };
const noTimeouts = { headersTimeout: 0, bodyTimeout: 0 };

async function createAgent(): Promise<Dispatcher> {
  const { Agent } = await loadPeer({ name: "undici", entry: "@connectry/core/undici" }, () => import("undici"));
  return new Agent({ allowH2: false });
}

/**
 * Sends requests with undici's dispatcher, without the `Request`, `Response` and streams of `fetch`: in at most half the time. Undici
 * is loaded with the first request, unless `dispatcher` is given: where it is not installed, calls throw ConfigurationError, and
 * where the program intercepts them elsewhere, and that is known (`@connectry/testing/msw`).
 */
export function undiciTransport({ dispatcher: given }: UndiciTransportOptions = {}): Transport {
  let own = given;
  let creating: Promise<Dispatcher> | undefined;
  const send = (dispatcher: Dispatcher, call: Call) =>
    new Promise<TransportResponse>((resolve, reject) => {
      const { to, path } = requestTarget(call);
      const { origin } = to;
      if (!given && isIntercepted(origin)) throw new ConfigurationError(unseen);
      const request = {
        ...noTimeouts,
        origin,
        path,
        method: call.operation.method as Dispatcher.HttpMethod,
        headers: { ...defaults, ...call.headers },
        // Undici accepts any iterable body, and a web stream is one; its types do not say so.
        body: call.body?.data as Dispatcher.DispatchOptions["body"],
      };
      dispatcher.dispatch(request, new ResponseHandler(call, { resolve, reject }));
    });
  return (call) => {
    if (own) return send(own, call);
    creating ??= createAgent();
    return creating.then((agent) => {
      own = agent;
      return send(agent, call);
    });
  };
}
