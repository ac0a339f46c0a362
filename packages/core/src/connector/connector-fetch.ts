import { ConfigurationError } from "../errors/configuration-error.js";
import type { Call, Operation, Safety } from "../pipeline/call.js";
import type { Next } from "../pipeline/policy.js";
import type { Reply } from "../pipeline/reply.js";
import type { Clock } from "../platform/clock.js";
import { inScope } from "./call-scope.js";
import { callSettings, type resolveLimits } from "./options.js";
import { serialiseBody } from "./serialise-body.js";

/** What the connector's `fetch` stands on. */
export interface ConnectorFetchOptions {
  readonly provider: string;
  readonly baseUrl: string;
  readonly pipeline: Next;
  readonly clock: Clock;
  readonly limits: ReturnType<typeof resolveLimits>;
  readonly safetyOf: (method: string) => Safety;
  readonly headers: Readonly<Record<string, string>>;
}

// A body is already decoded when it gets here, so these would be untrue.
const untrue = ["content-encoding", "content-length", "transfer-encoding"];

function toResponse(reply: Reply): Response {
  const headers = new Headers(reply.headers);
  for (const name of untrue) headers.delete(name);
  const empty = reply.status === 204 || reply.status === 205 || reply.status === 304;
  const response = new Response(empty ? null : (reply.body ?? null), { status: reply.status, headers });
  Object.defineProperty(response, "url", { value: reply.url });
  return response;
}

/** The body of a fetch: a Request's is read, so that it can be sent again; an init's is taken as it is. */
async function bodyOf(input: unknown, init: RequestInit | undefined, where: string): Promise<Call["body"]> {
  if (init?.body !== undefined && init.body !== null) return serialiseBody(init.body, "raw", "iso", where);
  if (!(input instanceof Request) || input.body === null) return undefined;
  return { kind: "replayable", contentType: undefined, data: new Uint8Array(await input.arrayBuffer()) };
}

/**
 * The pipeline as a plain `fetch`: retry, credential, deadline and limits for code that is not ours. Like fetch, it
 * answers an error status with a Response. Throws ConfigurationError for another origin than the connector's.
 */
export function connectorFetch(options: ConnectorFetchOptions) {
  const { provider, baseUrl, pipeline, clock, limits, safetyOf } = options;
  const { origin } = new URL(baseUrl);
  return async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const asked = input instanceof Request ? input.url : String(input);
    const url = URL.canParse(asked, `${baseUrl}/`) ? new URL(asked, `${baseUrl}/`) : undefined;
    if (url?.origin !== origin || url.username !== "" || url.password !== "") {
      throw new ConfigurationError(
        `${provider}: fetch goes to ${origin} alone, since it carries the credential; ${url?.origin ?? "this address"} is not that.`,
      );
    }
    const request = input instanceof Request ? input : undefined;
    const method = (init?.method ?? request?.method ?? "GET").toUpperCase();
    const id = `${method} ${url.pathname}`;
    const operation: Operation = {
      id,
      method,
      path: url.pathname,
      baseUrl,
      safety: safetyOf(method),
      bucket: "default",
      body: "raw",
      query: {},
      multiSegment: [],
    };
    const headers = new Headers(options.headers);
    for (const [name, value] of new Headers(init?.headers ?? request?.headers)) headers.set(name, value);
    const signal = init?.signal ?? request?.signal;
    const reply = await inScope(id, limits.deadlineMs, signal, clock, async (scope) => {
      const body = await bodyOf(input, init, id);
      if (body?.contentType && !headers.has("content-type")) headers.set("content-type", body.contentType);
      return pipeline({
        operation,
        tenant: undefined,
        url: url.href,
        headers,
        body,
        attempt: 1,
        refreshCredential: false,
        deadline: scope.deadline,
        signal: scope.signal,
        settings: callSettings(limits, {}, false),
      });
    });
    return toResponse(reply);
  };
}
