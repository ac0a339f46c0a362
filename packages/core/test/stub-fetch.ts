/** A request as `fetch` received it. */
export interface StubbedRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  readonly body: unknown;
}

/** A `fetch` without a network: it records requests and responds with the result of a function. */
export function stubFetch(
  respond: (request: StubbedRequest, count: number) => Response | Promise<Response> = () => Response.json({}),
) {
  const requests: StubbedRequest[] = [];
  const fetch = async (input: unknown, init: RequestInit = {}): Promise<Response> => {
    init.signal?.throwIfAborted();
    const request = {
      url: String(input),
      method: init.method ?? "GET",
      headers: new Headers(init.headers),
      body: init.body,
    };
    requests.push(request);
    return respond(request, requests.length);
  };
  return { fetch: fetch as typeof globalThis.fetch, requests };
}
