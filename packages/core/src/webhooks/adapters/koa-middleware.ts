import { ConfigurationError } from "../../errors/connectry-error.js";
import type { WebhookHandler } from "../handler/endpoint.js";
import { handleNodeRequest, type NodeRequest } from "./node-request.js";

/** The part of a context of Koa that is used. */
export interface KoaLikeContext {
  readonly req: NodeRequest;
  /** The whole URL, with what `app.proxy` says about the host. */
  readonly href: string;
  readonly request: { readonly body?: unknown; readonly rawBody?: unknown };
  status: number;
  body: unknown;
  set(name: string, value: string | string[]): unknown;
}

const bodyAdvice = "In Koa use the handler before bodyParser(), or exclude its path from what parses bodies.";

/**
 * Converts a handler to a middleware of Koa. The body must not be parsed before, unless the parser keeps `ctx.request.rawBody`, as
 * `koa-bodyparser` and `@koa/bodyparser` do for JSON and forms.
 * @throws ConfigurationError where the handler is missing.
 */
export function toKoaMiddleware(handler: WebhookHandler): (context: KoaLikeContext) => Promise<void> {
  if (typeof handler !== "function") throw new ConfigurationError("toKoaMiddleware: pass the handler of an endpoint.");
  return async (context) => {
    const { req, href, request } = context;
    const { body, rawBody } = request;
    const response = await handleNodeRequest(handler, req, { body, rawBody, url: href, bodyAdvice });
    // In this order: Koa changes the status with the body, and adds a type to one without.
    context.body = response.body === null ? null : Buffer.from(await response.arrayBuffer());
    context.status = response.status;
    for (const [name, value] of response.headers) if (name !== "set-cookie") context.set(name, value);
    const cookies = response.headers.getSetCookie();
    if (cookies.length > 0) context.set("set-cookie", cookies);
    // The rest of a body that is too large would otherwise be parsed as the next request.
    if (response.status === 413) context.set("connection", "close");
  };
}
