import type { Transport } from "./transport.js";

/** Sends requests with the given `fetch`, or else the platform's. */
export function fetchTransport(fetch?: typeof globalThis.fetch): Transport {
  return ({ operation, url, headers, body, signal }) => {
    // `duplex` is required for a stream as the body, and harmless for any other.
    const init = {
      method: operation.method,
      headers,
      signal,
      redirect: "manual",
      duplex: "half",
      body: body?.data,
      // Next.js patches `fetch`, and would keep the response for all users; nothing else knows the option:
      // https://nextjs.org/docs/app/api-reference/functions/fetch#optionsnextrevalidate
      next: { revalidate: 0 },
    };
    // The global is read for each request, because a test or an instrumentation may replace it.
    return (fetch ?? globalThis.fetch)(url, init as RequestInit);
  };
}
