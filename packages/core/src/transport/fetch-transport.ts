import type { Transport } from "./transport.js";

/** Sends by a `fetch`: the platform's, where none is given. */
export function fetchTransport(fetch: typeof globalThis.fetch | undefined): Transport {
  return ({ operation, url, headers, body, signal }) => {
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
    return (fetch ?? globalThis.fetch)(url, init as RequestInit);
  };
}
