import type { Client, HeadersOptions, MiddlewareCallbackParams, QuerySerializer } from "openapi-fetch";
import { type AnyConnector, internalsOf } from "../client/internals.js";
import type { AccountCallOptions } from "../client/options.js";
import type { CallInit } from "../client/prepared-call.js";
import { readOptions } from "../client/read-options.js";
import { ConfigurationError } from "../errors/connectry-error.js";
import { loadPeer } from "../errors/load-peer.js";
import type { CallRequest } from "./call-request.js";
import { lazyClient } from "./lazy-client.js";
import { toResponse } from "./to-response.js";

/** The options of every call of a client; `headers` in the form of openapi-fetch. */
export interface OpenapiClientOptions extends Omit<AccountCallOptions, "headers" | "signal" | "idempotencyKey"> {
  /** Sent with every call. A single call can replace them. */
  readonly headers?: HeadersOptions | undefined;
}

const peer = { name: "openapi-fetch", entry: "@connectry/core/openapi-fetch" };
// The paths of openapi-fetch are relative to this address, which nobody has (RFC 6761).
const nowhere = "https://connectry.invalid";
// biome-ignore lint/suspicious/noExplicitAny: it takes the place of serializers of any type
const asIs = (value: any): any => value;
const noQuery: QuerySerializer<unknown> = () => "";

/** What a middleware of the user's must leave as it is: the connector gives the request its address. */
function checkAddress(request: Request, schemaPath: string): void {
  if (request.url === new Request(nowhere + schemaPath).url) return;
  throw new ConfigurationError(
    `openapiClient: ${schemaPath} was given another address, by a middleware or a serializer: the connector serializes path and query.`,
  );
}

/** The headers that say more than openapi-fetch's default does: it calls every body JSON. */
function headersOf(request: Request): Record<string, string> {
  const headers = Object.fromEntries(request.headers);
  if (headers["content-type"] === "application/json") delete headers["content-type"];
  return headers;
}

/**
 * openapi-fetch's own client of a provider, whose every request is a call of the connector: with its credential, serialization,
 * retries, limits and cache. It has openapi-fetch's types, middlewares, `parseAs` and results: a response with an error status is
 * `error`, and so is an error that the provider reports with a status of success. A call without a response throws the
 * connector's errors. Address, path and query are the connector's: a middleware, an option `fetch`, or a serializer that would change
 * them is refused with ConfigurationError. openapi-fetch is loaded with the first request: where it is not installed, requests reject
 * with ConfigurationError.
 */
export function openapiClient<Paths extends object>(
  connector: AnyConnector,
  { headers, ...options }: OpenapiClientOptions = {},
): Client<Paths> {
  const { operationOf, sendCall, limits: defaults, profile } = internalsOf(connector);
  const { fairnessKey, cache, account } = options;
  const limits = readOptions(options, {
    defaults,
    others: ["fairnessKey", "cache", "account"],
    where: "openapiClient",
  });
  /** What openapi-fetch tells a middleware of a call, for the fetch that it calls after all middlewares. */
  const calls = new WeakMap<Request, MiddlewareCallbackParams & { readonly first: CallRequest | undefined }>();

  const fetch = async (request: Request): Promise<Response> => {
    const { schemaPath, params, options: own, first } = calls.get(request)!;
    checkAddress(request, schemaPath);
    const operation = operationOf(request.method, schemaPath);
    const { path = {}, query = {} } = params;
    // A middleware may have replaced the request by a copy, or by one with a body of its own.
    const body = "callBody" in request ? request.callBody : (request.body ?? first?.callBody);
    const init: CallInit = { params: { path, query }, body, headers: headersOf(request), fairnessKey, cache, account };
    const outcome = await sendCall({
      // What a serializer of the user's made is sent as it is.
      operation: own.bodySerializer === asIs ? operation : { ...operation, body: "raw" },
      init: { ...init, signal: first?.callSignal },
      limits,
      stream: own.parseAs === "stream",
    });
    if (!outcome.response) throw outcome.error;
    return toResponse(profile, outcome, outcome.response);
  };

  const create = async () => {
    const { default: createClient } = await loadPeer(peer, () => import("openapi-fetch"));
    // Its class is one of the platform, which Jest's environment of jsdom does not have.
    const { CallRequest } = await import("./call-request.js");
    return createClient<Record<string, never>>({
      baseUrl: nowhere,
      fetch,
      Request: CallRequest as unknown as typeof Request,
      bodySerializer: asIs,
      querySerializer: noQuery,
      pathSerializer: asIs,
      ...(headers && { headers }),
    });
  };
  // By the options of a call, which all of its middlewares receive.
  const firsts = new WeakMap<object, CallRequest>();
  return lazyClient<Paths>(create, {
    first: {
      onRequest({ request, options: own }) {
        firsts.set(own, request as CallRequest);
        return undefined;
      },
    },
    last: {
      onRequest(call) {
        if (call.options.fetch !== fetch)
          throw new ConfigurationError("openapiClient: a call cannot have its own `fetch`.");
        calls.set(call.request, { ...call, first: firsts.get(call.options) });
        return undefined;
      },
    },
  });
}
