import { CallError } from "../errors/call-errors.js";
import type { Outcome } from "../pipeline/strategies.js";
import type { CacheBinding } from "./cache-binding.js";
import { executedOperation } from "./check-headers.js";
import { createApiError } from "./create-api-error.js";
import { mergeHeaders } from "./merge-headers.js";
import { parseReply } from "./parse-reply.js";
import type { PreparedCall } from "./prepared-call.js";
import { createSerializeCall, type SerializeContext } from "./serialize-call.js";
import type { StartCall } from "./start-call.js";

/** Sends one call and returns its outcome; throws only what is not a failure of the call. */
export type CallSender = (call: PreparedCall) => Promise<Outcome>;

/** What a call sender is made of. */
export interface CallSenderContext extends SerializeContext {
  readonly startCall: StartCall;
  readonly cache: CacheBinding | undefined;
}

/** Creates the function that serializes a call and sends it through the pipeline. */
export function createCallSender({ startCall, cache, ...context }: CallSenderContext): CallSender {
  const { defaults } = context;
  const serialize = createSerializeCall(context);
  const parse = cache?.parse ?? parseReply;

  return async (call) => {
    const { operation, init } = call;
    init.signal?.throwIfAborted();
    const serialized = serialize(call);
    const { ownHeaders, accept } = serialized;
    let { request } = serialized;
    try {
      const found = !ownHeaders && cache ? await cache.readFresh(request) : undefined;
      if (found === "known-miss") request = { ...request, settings: { ...request.settings, isKnownCacheMiss: true } };
      else if (found) return found;
      const headers = ownHeaders ? mergeHeaders(defaults.headers, ...ownHeaders) : defaults.headers;
      // Where the caller asks for something else than the document promises, the media type says what came.
      const asked = headers.accept === accept ? operation : { ...operation, response: "any" as const };
      const executed = ownHeaders ? executedOperation(asked, headers) : operation;
      const response = await startCall({ ...request, operation: executed, headers });
      if (response.verdict.kind !== "success") return { error: createApiError(context, executed, response), response };
      const data = parse(executed, response);
      call.check?.(data, response);
      return { data, response };
    } catch (error) {
      if (CallError.isInstance(error)) return { error, response: undefined };
      throw error;
    }
  };
}
