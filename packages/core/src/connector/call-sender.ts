import createClient from "openapi-fetch";
import type { Call, OneShotBody, Operation, ReplayableBody } from "../pipeline/call.js";
import type { Next } from "../pipeline/policy.js";
import type { Reply } from "../pipeline/reply.js";
import type { Clock } from "../platform/clock.js";
import { classifyReply } from "../retry/classify.js";
import { inScope } from "./call-scope.js";
import { createApiError } from "./create-api-error.js";
import { type CallOptions, callSettings, type resolveLimits } from "./options.js";
import { parseReply } from "./parse-reply.js";
import type { ProviderProfile } from "./profile.js";
import { serialiseBody } from "./serialise-body.js";
import { serialisePath } from "./serialise-path.js";
import { serialiseQuery } from "./serialise-query.js";

/** What a caller gives beside the operation: options, `params` and `body` in the shape of openapi-fetch. */
export interface CallInit extends CallOptions {
  readonly params?: {
    readonly path?: Readonly<Record<string, unknown>>;
    readonly query?: Readonly<Record<string, unknown>>;
    readonly header?: Readonly<Record<string, string>>;
  };
  readonly body?: unknown;
}

/** One call, put together: what openapi-fetch carries for us under its one extra key. */
interface Errand {
  readonly operation: Operation;
  readonly init: CallInit;
  readonly limits: ReturnType<typeof resolveLimits>;
  readonly stream: boolean;
  /** Where the request goes instead of the operation's own address: the next page. */
  readonly url: string | undefined;
}

/** Sends one call and returns its data beside its reply; throws what went wrong. */
export type CallSender = (errand: Errand) => Promise<{ data: unknown; response: Reply }>;

/** What a sender stands on. */
export interface CallSenderOptions {
  readonly profile: ProviderProfile;
  readonly pipeline: Next;
  readonly clock: Clock;
  /** Sent with every call; names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

type MaybeBody = ReplayableBody | OneShotBody | undefined;

/** What openapi-fetch builds in place of a platform `Request`: the pieces, unread and uncopied. */
class Pieces {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: MaybeBody | Promise<MaybeBody>;
  readonly errand: Errand;

  constructor(url: string, init: { method: string; headers: Headers; body: MaybeBody; errand: Errand }) {
    this.url = init.errand.url ?? url;
    this.method = init.method;
    this.headers = init.headers;
    this.body = init.body;
    this.errand = init.errand;
  }
}

/** What openapi-fetch reads of an answer. It is always a success: failures are thrown before. */
interface Answer {
  readonly ok: true;
  readonly status: number;
  readonly headers: Headers;
  readonly reply: Reply;
  data(): unknown;
}

/** openapi-fetch sets JSON as the default type: the body's own goes before it, the caller's before both. */
function setContentType({ headers, errand }: Pieces, body: MaybeBody): void {
  const names = Object.keys({ ...errand.init.headers, ...errand.init.params?.header });
  if (names.some((name) => name.toLowerCase() === "content-type")) return;
  if (body?.contentType === undefined) headers.delete("content-type");
  else headers.set("content-type", body.contentType);
}

/** Joins openapi-fetch, which puts a call's pieces together, to the pipeline, which sends it. */
export function createCallSender({ profile, pipeline, clock, headers }: CallSenderOptions): CallSender {
  const dates = profile.dates ?? "iso";

  const dispatch = async (pieces: Pieces): Promise<Answer> => {
    const { operation, init, limits, stream } = pieces.errand;
    const reply = await inScope(operation.id, limits.deadlineMs, init.signal, clock, async (scope) => {
      const body = await pieces.body;
      setContentType(pieces, body);
      const call: Call = {
        operation,
        tenant: undefined,
        url: pieces.url,
        headers: pieces.headers,
        body,
        attempt: 1,
        refreshCredential: false,
        deadline: scope.deadline,
        signal: scope.signal,
        settings: callSettings(limits, init, stream),
      };
      return pipeline(call);
    });
    const verdict = classifyReply(reply, profile.retry, clock.now());
    if (verdict.kind !== "success") throw createApiError(profile, operation, reply, verdict);
    return { ok: true, status: reply.status, headers: reply.headers, reply, data: () => parseReply(operation, reply) };
  };

  const client = createClient<Record<string, Record<string, never>>>({
    fetch: dispatch as unknown as typeof globalThis.fetch,
    Request: Pieces as unknown as typeof globalThis.Request,
    headers,
  });

  return async (errand) => {
    const { operation, init } = errand;
    const { path = {}, query = {}, header } = init.params ?? {};
    const result = await client.request(
      operation.method as never,
      operation.path as never,
      {
        params: { path, query, header },
        body: init.body,
        headers: init.headers,
        parseAs: "data",
        pathSerializer: () => operation.baseUrl + serialisePath(operation, path),
        querySerializer: () =>
          serialiseQuery(query, (name) => operation.query[name] ?? profile.query ?? "repeat", dates),
        bodySerializer: (body: unknown) => serialiseBody(body, operation.body, dates, operation.id),
        errand,
      } as never,
    );
    const { data, response } = result as unknown as { data: unknown; response: Answer };
    return { data, response: response.reply };
  };
}
