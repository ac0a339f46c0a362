import type { AttachedCache } from "../cache/cache-options.js";
import { CallError } from "../errors/call-error.js";
import { ConfigurationError } from "../errors/configuration-error.js";
import type { Operation } from "../pipeline/call.js";
import type { Reply } from "../pipeline/reply.js";
import type { Clock } from "../platform/clock.js";
import type { Judge } from "../retry/classify.js";
import { createApiError } from "./create-api-error.js";
import { mergeHeaders } from "./merge-headers.js";
import type { CallOptions, ResolvedLimits } from "./options.js";
import { parseReply } from "./parse-reply.js";
import type { ProviderProfile, QueryStyle } from "./profile.js";
import { joinPairs, type Pair, spreadPairs } from "./query-strategies.js";
import { readPath } from "./read-path.js";
import { serialiseBody } from "./serialise-body.js";
import { serialisePath } from "./serialise-path.js";
import type { CallRequest, StartCall } from "./start-call.js";
import type { Strategies } from "./strategies.js";

/** What a caller gives beside the operation: options, `params` and `body` in the shape of openapi-fetch. */
export interface CallInit extends CallOptions {
  readonly params?: {
    readonly path?: Readonly<Record<string, unknown>>;
    readonly query?: Readonly<Record<string, unknown>>;
    readonly header?: Readonly<Record<string, string>>;
  };
  readonly body?: unknown;
}

/** One call, put together. */
export interface Errand {
  readonly operation: Operation;
  readonly init: CallInit;
  readonly limits: ResolvedLimits;
  readonly stream?: boolean;
  /** Where the request goes instead of the operation's own address: the next page. */
  readonly url?: string | undefined;
}

/** Data and its reply, or what the call failed with. */
export interface Outcome {
  readonly data?: unknown;
  readonly error?: CallError;
  readonly response: Reply | undefined;
}

/** Sends one call and says what came of it; throws only what is no failure of the call. */
export type CallSender = (errand: Errand) => Promise<Outcome>;

/** Puts a call together and sends it through the pipeline. */
export function createCallSender(
  profile: ProviderProfile,
  { body: bodies = {}, style: styles = {}, date }: Strategies,
  defaults: { readonly headers: Headers; readonly path: Readonly<Record<string, unknown>> },
  startCall: StartCall,
  judge: Judge,
  clock: Clock,
  cache?: AttachedCache,
): CallSender {
  const { query: defaultStyle = "repeat" } = profile;

  const addressOf = (operation: Operation, { path, query }: NonNullable<CallInit["params"]>): string => {
    const address = operation.baseUrl + serialisePath(operation, { ...defaults.path, ...path }, date);
    if (!query) return address;
    const pairs: Pair[] = [];
    // By hand, as in paths: `flatMap` costs more than all that this calls.
    for (const [name, value] of Object.entries(query)) {
      const style = (readPath(operation.query, [name]) ?? defaultStyle) as QueryStyle;
      // Null leaves one out, as undefined does.
      pairs.push(...spreadPairs(styles[style], style, name, value ?? undefined, date));
    }
    const search = joinPairs(pairs);
    // A document's path may hold a query of its own.
    return search ? address + (address.includes("?") ? "&" : "?") + search : address;
  };

  return async ({ operation, init, limits, stream, url }) => {
    const { params = {}, signal, idempotencyKey, fairnessKey } = init;
    signal?.throwIfAborted();
    const settings = { ...limits, idempotencyKey, fairnessKey, cache: init.cache, stream };
    let request: Omit<CallRequest, "headers">;
    try {
      const form = operation.body;
      const body = serialiseBody(init.body, bodies[form], { form, inner: profile.body, styles, date });
      request = { operation, url: url ?? addressOf(operation, params), body, signal, settings };
    } catch (error) {
      // What cannot be written, for whatever reason, is a mistake in what was given.
      throw new ConfigurationError(`${operation.id} cannot be sent as given: ${(error as Error).message}.`);
    }
    try {
      const ownHeaders = init.headers ?? params.header;
      const hit = !ownHeaders && cache && (await cache.peek(request));
      if (hit) return hit;
      const response = await startCall({
        ...request,
        // The platform's own copy is several times faster.
        headers: ownHeaders
          ? mergeHeaders(defaults.headers, init.headers, params.header)
          : new Headers(defaults.headers),
      });
      const verdict = judge(response, clock.now());
      return verdict.kind === "success"
        ? { data: (cache?.parse ?? parseReply)(operation, response), response }
        : { error: createApiError(profile, operation, response, verdict), response };
    } catch (error) {
      if (CallError.isInstance(error)) return { error, response: undefined };
      throw error;
    }
  };
}
