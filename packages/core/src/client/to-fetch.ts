import { ConfigurationError } from "../errors/connectry-error.js";
import { resolveWithin } from "../platform/origin.js";
import { encodeOnce, oneShot } from "../serialization/encoded-body.js";
import { type AnyConnector, internalsOf } from "./internals.js";
import { mergeHeaders } from "./merge-headers.js";

/**
 * The pipeline of a connector as a plain `fetch`, for an official SDK, a GraphQL client, or anything else that takes one: retry,
 * credential, deadline and limits for code that is not ours. Relative addresses are resolved below the base URL. Like fetch, it
 * returns a Response for an error status. Throws ConfigurationError for an address on another origin than the connector's.
 */
export function toFetch(
  connector: AnyConnector,
): (input: string | URL | Request, init?: RequestInit) => Promise<Response> {
  const { operationOf, startCall, limits, headers: defaults } = internalsOf(connector);
  const base = `${operationOf("GET", "/").baseUrl}/`;
  return async (input, init) => {
    const given = input instanceof Request ? input : undefined;
    const target = resolveWithin(base, given?.url ?? `${input}`);
    if (!target) {
      throw new ConfigurationError(
        `toFetch: the address must be on the origin of ${base}, because the request carries the credential.`,
      );
    }
    // The platform merges the two and encodes the body. It would retain a signal, so the signal is passed separately.
    const request = new Request(given ?? target, { ...init, signal: null });
    const { status, headers, body, url } = await startCall({
      operation: operationOf(request.method, target.pathname),
      url: target.href,
      headers: mergeHeaders(defaults, request.headers),
      body: init?.body instanceof ReadableStream ? oneShot(init.body) : encodeOnce(request),
      signal: init?.signal ?? given?.signal,
      settings: limits,
    });
    // The body was decoded by the transport.
    const own = mergeHeaders(headers, { "content-encoding": null, "content-length": null });
    return Object.defineProperty(new Response(body, { status, headers: own }), "url", { value: url });
  };
}
