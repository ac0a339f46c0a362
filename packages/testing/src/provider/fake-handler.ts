import type { ProviderProfile } from "@connectry/core";
import { faultResponse } from "../faults/fault-response.js";
import { gunzip } from "../http/gunzip.js";
import type { ReceivedRequest } from "../http/recorded-request.js";
import { createFake, type Fake, type FakeCore, type Override } from "./fake.js";
import type { FakeProviderOptions } from "./fake-provider-options.js";
import { originsOf } from "./provider-origins.js";

/** A fake provider without a socket. */
export interface FakeHandler extends Fake {
  /**
   * Responds to a request, whatever its origin. Bodies are as they would be sent. Rejects where a fault leaves no response, as the
   * `fetch` of Node does, and with the reason of the request's signal.
   */
  handle(request: Request): Promise<Response>;
  /**
   * The same for the option `fetch` of a client: bodies are decoded, and redirects are not followed. Rejects with an Error for a
   * request to another origin than the provider's: no test reaches the network by accident.
   */
  readonly fetch: typeof globalThis.fetch;
}

/** A request without its body. */
export function headOf({ method, url, headers }: Request): Omit<ReceivedRequest, "bytes"> {
  const { origin, pathname, search, host } = new URL(url);
  return { method, origin, target: pathname + search, headers: { host, ...Object.fromEntries(headers) } };
}

/** Responds to a request by a fake provider; `override` is asked first. */
export async function handleBy(
  { receive }: Pick<FakeCore, "receive">,
  request: Request,
  override?: Override,
): Promise<Response> {
  const received = { ...headOf(request), bytes: new Uint8Array(await request.arrayBuffer()) };
  const { record, response, fault } = await receive(received, { override });
  const result = await faultResponse(response, fault, request.signal);
  record.status = result.status;
  // RFC 9110, section 9.3.2.
  return request.method === "HEAD" ? new Response(null, result) : result;
}

function checkOrigin(url: string, origins: readonly string[], { name }: ProviderProfile): void {
  const { origin } = new URL(url);
  if (origins.includes(origin)) return;
  throw new Error(`the fake provider of ${name} does not respond to ${origin}, but to ${origins.join(", ")}`);
}

/**
 * Creates a fake provider, as `fakeProvider` starts one, that is a function from a request to its response: for a client's option
 * `fetch`, for a framework's handler, or for an interceptor.
 */
export function fakeHandler(options: FakeProviderOptions): FakeHandler {
  const core = createFake(options);
  const { basePath, receive, routeOf, postEvent, end, ...fake } = core;
  const origins = originsOf(options);
  return {
    ...fake,
    handle: (request) => handleBy(core, request),
    async fetch(input, init) {
      const request = new Request(input as RequestInfo, init);
      checkOrigin(request.url, origins, options.profile);
      return gunzip(await handleBy(core, request));
    },
  };
}
