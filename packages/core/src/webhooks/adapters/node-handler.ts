import { ConfigurationError } from "../../errors/connectry-error.js";
import { nodeAdvice } from "../delivery/body-advice.js";
import type { WebhookHandler } from "../handler/endpoint.js";
import { handleNodeRequest, type NodeRequest } from "./node-request.js";

/** The part of a response of `node:http` or `node:http2` that is used. */
export interface NodeResponse {
  statusCode: number;
  readonly headersSent?: boolean | undefined;
  setHeader(name: string, value: string | string[]): unknown;
  end(): unknown;
  end(body: Uint8Array): unknown;
  destroy?(): unknown;
  /** With HTTP/2, the stream of the request and the response. */
  readonly stream?: { close(code: number): unknown } | undefined;
}

/** The part of a Fastify request that is used. */
export interface FastifyLikeRequest {
  readonly raw: NodeRequest;
  readonly body?: unknown;
  readonly rawBody?: unknown;
}

/** The part of a Fastify reply that is used. */
export interface FastifyLikeReply {
  readonly raw: NodeResponse;
  hijack(): unknown;
}

/** A request listener for `node:http`, `node:http2`, Express, Fastify and Nest. */
export interface NodeWebhookHandler {
  (request: NodeRequest, response: NodeResponse): Promise<void>;
  (request: FastifyLikeRequest, reply: FastifyLikeReply): Promise<void>;
}

// HTTP/2 has no header fields about the connection (RFC 9113, section 8.2.2), and Node warns about each.
const connectionHeaders = /^(connection|keep-alive|proxy-connection|transfer-encoding|upgrade)$/;

async function send(response: Response, target: NodeResponse, isHttp2: boolean): Promise<void> {
  // Read before anything is sent, since it may fail.
  const body = response.body === null ? undefined : new Uint8Array(await response.arrayBuffer());
  target.statusCode = response.status;
  for (const [name, value] of response.headers) {
    if (name !== "set-cookie" && !(isHttp2 && connectionHeaders.test(name))) target.setHeader(name, value);
  }
  const cookies = response.headers.getSetCookie();
  if (cookies.length > 0) target.setHeader("set-cookie", cookies);
  // The rest of a body that is too large would otherwise be parsed as the next request.
  if (response.status === 413 && !isHttp2) target.setHeader("connection", "close");
  if (body === undefined) target.end();
  else target.end(body);
  // Asks the client not to send the rest (RFC 9113, section 8.1: NO_ERROR), which nobody reads.
  if (response.status === 413) target.stream?.close(0);
}

/**
 * Converts a handler for `node:http`, `node:http2`, Express, Fastify and Nest. The body must not be parsed before: in Express
 * mount the handler before `express.json()`, in Fastify add a content type parser with `parseAs: "buffer"`, in Nest create the app
 * with `{ rawBody: true }`. A request that a web `Request` cannot represent receives a 400, and is reported as a rejected
 * delivery.
 * @throws ConfigurationError where the handler is missing.
 */
export function toNodeHandler(handler: WebhookHandler): NodeWebhookHandler {
  if (typeof handler !== "function") throw new ConfigurationError("toNodeHandler: pass the handler of an endpoint.");
  return async (request: NodeRequest | FastifyLikeRequest, response: NodeResponse | FastifyLikeReply) => {
    const nodeRequest = "raw" in request ? request.raw : request;
    const nodeResponse = "raw" in response ? response.raw : response;
    if ("hijack" in response) response.hijack();
    try {
      const { body, rawBody } = request;
      const webResponse = await handleNodeRequest(handler, nodeRequest, { body, rawBody, bodyAdvice: nodeAdvice });
      await send(webResponse, nodeResponse, (nodeRequest.httpVersionMajor ?? 1) > 1);
    } catch (error) {
      // `onError` has thrown, or the body of the response has failed. A server would end if this rejected.
      console.error("Connectry: the response to a webhook failed.", error);
      if (nodeResponse.headersSent === true) nodeResponse.destroy?.();
      else {
        nodeResponse.statusCode = 500;
        nodeResponse.end();
      }
    }
  };
}
