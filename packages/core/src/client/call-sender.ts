import { CallError } from "../errors/call-errors.js";
import { ConfigurationError } from "../errors/connectry-error.js";
import type { Operation } from "../pipeline/call.js";
import type { Reply } from "../pipeline/reply.js";
import type { Strategies } from "../pipeline/strategies.js";
import type { ProviderProfile } from "../provider/profile.js";
import { serializeBody } from "../serialization/serialize-body.js";
import { serializePath } from "../serialization/serialize-path.js";
import { serializeQuery } from "../serialization/serialize-query.js";
import { type CacheBinding, checkCacheOptions } from "./cache-binding.js";
import { executedOperation } from "./check-headers.js";
import { createApiError } from "./create-api-error.js";
import { mergeHeaders } from "./merge-headers.js";
import type { AccountCallOptions, ResolvedLimits } from "./options.js";
import { parseReply } from "./parse-reply.js";
import type { CallRequest, StartCall } from "./start-call.js";

/** What a caller passes besides the operation: options, and `params` and `body` in the shape of openapi-fetch. */
export interface CallInit extends AccountCallOptions {
  readonly params?: {
    readonly path?: Readonly<Record<string, unknown>>;
    readonly query?: Readonly<Record<string, unknown>>;
    readonly header?: Readonly<Record<string, string>>;
  };
  readonly body?: unknown;
}

/** A call whose operation and limits are resolved. */
export interface PreparedCall {
  readonly operation: Operation;
  readonly init: CallInit;
  readonly limits: ResolvedLimits;
  readonly stream?: boolean;
  /** Where the request is sent instead of the operation's own address: the next page. */
  readonly url?: string | undefined;
  /** Throws a CallError where the data of a success says that it failed. */
  readonly check?: ((data: unknown, response: Reply) => void) | undefined;
  /** What observers record of the call. */
  readonly observation?: object | undefined;
}

/** The data and its reply, or the error of the call. */
export interface Outcome {
  readonly data?: unknown;
  readonly error?: CallError;
  readonly response: Reply | undefined;
}

/** Sends one call and returns its outcome; throws only what is not a failure of the call. */
export type CallSender = (call: PreparedCall) => Promise<Outcome>;

/** What a call sender is made of. */
export interface CallSenderContext {
  readonly profile: ProviderProfile;
  readonly strategies: Strategies;
  /** What every call has that sets nothing else. */
  readonly defaults: { readonly headers: Headers; readonly path: Readonly<Record<string, unknown>> };
  readonly startCall: StartCall;
  readonly cache: CacheBinding | undefined;
}

/** Creates the function that serializes a call and sends it through the pipeline. */
export function createCallSender({ profile, strategies, defaults, startCall, cache }: CallSenderContext): CallSender {
  const { body: bodies = {}, style: styles = {}, formatDate } = strategies;
  const queryContext = { styles, defaultStyle: profile.query ?? "repeat", formatDate };
  const parse = cache?.parse ?? parseReply;

  const addressOf = (operation: Operation, { path, query }: NonNullable<CallInit["params"]>): string => {
    const address = operation.baseUrl + serializePath(operation, { ...defaults.path, ...path }, formatDate);
    const search = query && serializeQuery(operation, query, queryContext);
    // A path of a document may have a query of its own.
    return search ? address + (address.includes("?") ? "&" : "?") + search : address;
  };

  const serialize = ({
    operation,
    init,
    limits,
    stream,
    url,
    observation,
  }: PreparedCall): Omit<CallRequest, "headers"> => {
    const { params = {}, signal, idempotencyKey, fairnessKey, account, cache: cacheOptions, onUploadProgress } = init;
    checkCacheOptions(cacheOptions, operation.id);
    const options = { idempotencyKey, fairnessKey, account, cache: cacheOptions, onUploadProgress };
    const settings = { ...limits, ...options, stream, observation };
    const form = operation.body;
    try {
      const body = serializeBody(init.body, bodies[form], { form, inner: profile.body, styles, formatDate });
      return { operation, url: url ?? addressOf(operation, params), body, signal, settings };
    } catch (error) {
      // Whatever cannot be serialized is a mistake in what the caller passed.
      throw new ConfigurationError(`${operation.id}: ${(error as Error).message}.`);
    }
  };

  return async (call) => {
    const { operation, init } = call;
    init.signal?.throwIfAborted();
    let request = serialize(call);
    try {
      const ownHeaders = init.headers ?? init.params?.header;
      const found = !ownHeaders && cache ? await cache.readFresh(request) : undefined;
      if (found === "known-miss") request = { ...request, settings: { ...request.settings, isKnownCacheMiss: true } };
      else if (found) return found;
      // The platform's own copy is several times faster than merging.
      const headers = ownHeaders
        ? mergeHeaders(defaults.headers, init.headers, init.params?.header)
        : new Headers(defaults.headers);
      const executed = ownHeaders ? executedOperation(operation, headers) : operation;
      const response = await startCall({ ...request, operation: executed, headers });
      if (response.verdict.kind !== "success") return { error: createApiError(profile, executed, response), response };
      const data = parse(executed, response);
      call.check?.(data, response);
      return { data, response };
    } catch (error) {
      if (CallError.isInstance(error)) return { error, response: undefined };
      throw error;
    }
  };
}
