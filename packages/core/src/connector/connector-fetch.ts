import { ConfigurationError } from "../errors/configuration-error.js";
import type { Operation } from "../pipeline/call.js";
import type { Reply } from "../pipeline/reply.js";
import { resolveWithin } from "../platform/origin.js";
import { mergeHeaders } from "./merge-headers.js";
import type { ResolvedLimits } from "./options.js";
import { encodeOnce, oneShot } from "./serialise-body.js";
import type { StartCall } from "./start-call.js";

/** What the connector's `fetch` stands on. */
export interface ConnectorFetchOptions {
  readonly operationOf: (method: string, path: string) => Operation;
  readonly startCall: StartCall;
  readonly limits: ResolvedLimits;
  readonly headers: Headers;
}

function toResponse({ status, headers, body, url }: Reply): Response {
  const own = new Headers(headers);
  // The body was decoded on its way here.
  own.delete("content-encoding");
  own.delete("content-length");
  return Object.defineProperty(new Response(body, { status, headers: own }), "url", { value: url });
}

/**
 * The pipeline as a plain `fetch`: retry, credential, deadline and limits for code that is not ours. Like fetch, it
 * answers an error status with a Response. Throws ConfigurationError for another origin than the connector's.
 */
export function connectorFetch({ operationOf, startCall, limits, headers }: ConnectorFetchOptions) {
  const base = `${operationOf("GET", "/").baseUrl}/`;
  return async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const given = input instanceof Request ? input : undefined;
    const url = resolveWithin(base, given?.url ?? String(input));
    if (!url) {
      throw new ConfigurationError(`fetch goes to the origin of ${base} alone: it carries the credential.`);
    }
    // The platform joins the two and encodes the body. It would keep hold of a signal: that goes its own way.
    const request = new Request(given ?? url, { ...init, signal: null });
    const reply = await startCall({
      operation: operationOf(request.method, url.pathname),
      url: url.href,
      headers: mergeHeaders(headers, request.headers),
      body: init?.body instanceof ReadableStream ? oneShot(init.body) : encodeOnce(request),
      signal: init?.signal ?? given?.signal,
      settings: limits,
    });
    return toResponse(reply);
  };
}
