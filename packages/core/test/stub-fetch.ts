/** A request as it was handed to `fetch`. */
export interface StubbedRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  readonly body: unknown;
}

/** A `fetch` without a network: what it was asked is written down, and answered by the function given. */
export function stubFetch(
  answer: (request: StubbedRequest, count: number) => Response | Promise<Response> = () => Response.json({}),
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
    return answer(request, requests.length);
  };
  return { fetch: fetch as typeof globalThis.fetch, requests };
}
