import { NotSentError } from "../not-sent-error.js";
import type { Transport } from "../transport.js";

/** What undici reports of a request: https://github.com/nodejs/undici/blob/main/docs/docs/api/DiagnosticsChannel.md */
interface Message {
  readonly request: object;
  readonly response: { readonly statusCode: number };
  readonly error: object;
}

/** What is known of one call of `fetch`. */
interface Observed {
  /** How many requests it sent. */
  requests: number;
}

// Errors by which no connection was established. TLS included: nothing of a request was sent.
const connectErrors = new WeakSet<object>();
const observedBy = new WeakMap<object, Observed>();
/** The call of `fetch` that is beginning: it creates its first request before it returns. */
let beginning: Observed | undefined;

const listeners: Readonly<Record<string, (message: Message) => void>> = {
  "undici:client:connectError": ({ error }) => void connectErrors.add(error),
  "undici:request:create": ({ request }) => {
    if (beginning) observedBy.set(request, beginning);
  },
  "undici:request:headers": ({ request, response }) => {
    const observed = observedBy.get(request);
    // On which `fetch` sends the request once more, on another connection, if it still has its body:
    // https://fetch.spec.whatwg.org/#http-network-or-cache-fetch
    if (observed && response.statusCode === 421) observed.requests = 2;
  },
};

let isListening = false;

function listen(): void {
  if (isListening) return;
  isListening = true;
  const { subscribe } = process.getBuiltinModule("node:diagnostics_channel");
  for (const [channel, listener] of Object.entries(listeners))
    subscribe(channel, listener as (message: unknown) => void);
}

/**
 * A transport on `fetch`, with what undici, which Node's `fetch` is made of, reports beside it: whether the connection was
 * established, and that it sent a request a second time. Of any other `fetch` nothing is reported.
 */
export function observeFetch(fetch: Transport): Transport {
  return (call) => {
    listen();
    const observed: Observed = { requests: 1 };
    beginning = observed;
    let sent: ReturnType<Transport>;
    try {
      sent = fetch(call);
    } finally {
      beginning = undefined;
    }
    // A stub may return no promise.
    return Promise.resolve(sent).then(
      (response) => {
        const { requests } = observed;
        if (requests === 1 || call.body?.kind === "one-shot") return response;
        const { status, statusText, headers, body } = response;
        return { status, statusText, headers, body, requests };
      },
      (error: unknown) => {
        const cause = (error as { cause?: object } | undefined)?.cause;
        throw cause && connectErrors.has(cause) ? new NotSentError(error) : error;
      },
    );
  };
}
