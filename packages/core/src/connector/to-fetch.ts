import { ConfigurationError } from "../errors/configuration-error.js";
import type { Operation } from "../pipeline/call.js";
import { resolveWithin } from "../platform/origin.js";
import type { CallSender } from "./call-sender.js";
import { encodeOnce, oneShot } from "./encoded-body.js";
import { mergeHeaders } from "./merge-headers.js";
import type { ResolvedLimits } from "./options.js";
import type { StartCall } from "./start-call.js";

/** What a connector is made of, for functions that stand beside it. */
export interface ConnectorPieces {
  readonly operationOf: (method: string, path: string) => Operation;
  readonly startCall: StartCall;
  readonly sendCall: CallSender;
  readonly limits: ResolvedLimits;
  readonly headers: Headers;
}

/** Any connector, whatever its provider. */
export interface AnyConnector {
  /** For this package's own functions, and no part of what is promised. */
  readonly "~pieces": () => ConnectorPieces;
}

/**
 * The pipeline of a connector as a plain `fetch`, for an official SDK, a GraphQL client, or anything that takes one: retry,
 * credential, deadline and limits for code that is not ours. Relative addresses stand below the base URL. Like fetch, it
 * answers an error status with a Response. Throws ConfigurationError for another origin than the connector's.
 */
export function toFetch(
  connector: AnyConnector,
): (input: string | URL | Request, init?: RequestInit) => Promise<Response> {
  const { operationOf, startCall, limits, headers: defaults } = connector["~pieces"]();
  const base = `${operationOf("GET", "/").baseUrl}/`;
  return async (input, init) => {
    const given = input instanceof Request ? input : undefined;
    const target = resolveWithin(base, given?.url ?? `${input}`);
    if (!target) throw new ConfigurationError(`fetch goes to the origin of ${base} alone: it carries the credential.`);
    // The platform joins the two and encodes the body. It would keep hold of a signal: that goes its own way.
    const request = new Request(given ?? target, { ...init, signal: null });
    const { status, headers, body, url } = await startCall({
      operation: operationOf(request.method, target.pathname),
      url: target.href,
      headers: mergeHeaders(defaults, request.headers),
      body: init?.body instanceof ReadableStream ? oneShot(init.body) : encodeOnce(request),
      signal: init?.signal ?? given?.signal,
      settings: limits,
    });
    // The body was decoded on its way here.
    const own = mergeHeaders(headers, { "content-encoding": null, "content-length": null });
    return Object.defineProperty(new Response(body, { status, headers: own }), "url", { value: url });
  };
}
