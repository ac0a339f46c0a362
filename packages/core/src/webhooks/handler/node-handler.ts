import { ConfigurationError } from "../../errors/connectry-error.js";
import { isBytes } from "../../platform/bytes.js";
import { setRawUrl } from "../delivery/request-url.js";
import { rejection } from "../scheme/delivery.js";
import { failureReportsOf } from "./failure-reports.js";
import type { WebhookHandler } from "./handler.js";

/** The part of a request of `node:http` or `node:http2` that is used. A request of Express is one, too. */
export interface NodeRequest extends AsyncIterable<Uint8Array> {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  /** Express: the URL before a router removed its prefix. */
  readonly originalUrl?: string | undefined;
  /** With HTTP/2 also the pseudo-headers, such as `:authority`. */
  readonly rawHeaders: readonly string[];
  readonly httpVersionMajor?: number | undefined;
  readonly socket: object;
  /** The bytes, after a parser that keeps them (`express.raw()`). */
  readonly body?: unknown;
  /** The bytes, where a framework keeps them in addition to the parsed body. */
  readonly rawBody?: unknown;
  readonly readableEnded?: boolean | undefined;
}

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

/** A request listener for `node:http`, `node:http2`, Express and Fastify. */
export interface NodeWebhookHandler {
  (request: NodeRequest, response: NodeResponse): Promise<void>;
  (request: FastifyLikeRequest, reply: FastifyLikeReply): Promise<void>;
}

/** The header fields, and what HTTP/2 has in place of the header `host`. */
function headersOf({ rawHeaders }: NodeRequest): { readonly headers: Headers; readonly host: string } {
  const headers = new Headers();
  let host: string | undefined;
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const [name = "", value = ""] = rawHeaders.slice(index, index + 2);
    // A pseudo-header (RFC 9113, section 8.3) is not a header field, and `Headers` does not accept it.
    if (!name.startsWith(":")) headers.append(name, value);
    else if (name === ":authority") host = value;
  }
  return { headers, host: host ?? headers.get("host") ?? "localhost" };
}

function urlOf({ socket, originalUrl, url = "/" }: NodeRequest, host: string): string {
  const scheme = (socket as { readonly encrypted?: boolean }).encrypted === true ? "https" : "http";
  const target = originalUrl ?? url;
  return /^https?:\/\//i.test(target) ? target : `${scheme}://${host}${target}`;
}

/** The body as a stream, so that reading can stop at `maxBodyBytes`. */
function streamOf(request: NodeRequest): ReadableStream<Uint8Array> {
  const iterator = request[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}

/**
 * Converts to a web `Request`. Its body is the bytes that a parser kept, or the stream. A parsed body is marked as
 * used.
 */
function toWebRequest(request: NodeRequest, body: unknown, rawBody: unknown): Request {
  const { headers, host } = headersOf(request);
  const method = (request.method ?? "POST").toUpperCase();
  const url = urlOf(request, host);
  const kept = [rawBody, body].find((one) => isBytes(one) || typeof one === "string");
  const hasBody = method !== "GET" && method !== "HEAD";
  const isUsed = kept === undefined && (request.readableEnded === true || (typeof body === "object" && body !== null));
  const init = {
    method,
    headers,
    ...(hasBody ? { body: (kept as BodyInit) ?? (isUsed ? "-" : streamOf(request)) } : {}),
  };
  // A `Request` needs a valid URL, even where the host header is not valid.
  const web = new Request(URL.canParse(url) ? url : "http://localhost/", { ...init, duplex: "half" } as RequestInit);
  setRawUrl(web, url);
  if (isUsed) void web.text();
  return web;
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

/** Reports a request that never reached the handler, as the handler reports its own failures. */
function reportUnreadable(handler: WebhookHandler, { method = "", url = "", rawHeaders }: NodeRequest, cause: unknown) {
  const reports = failureReportsOf(handler);
  if (reports === undefined) return console.error("Connectry: a request is not valid, and was not handled.", cause);
  const header = (name: string) => {
    const index = rawHeaders.findIndex((one, at) => at % 2 === 0 && one.toLowerCase() === name);
    return index < 0 ? undefined : rawHeaders[index + 1];
  };
  const { scheme, report } = reports;
  const message =
    "the method, the URL or a header of the request is not valid. Check that the request comes from the provider.";
  report(rejection(scheme, "malformed", message), { method, url, header }, false);
}

/**
 * Converts a handler for `node:http`, `node:http2`, Express and Fastify. The body must not be parsed before: in Express
 * mount the handler before `express.json()`, in Fastify add a content type parser with `parseAs: "buffer"`. A request
 * that a web `Request` cannot represent receives a 400, and is reported as a rejected delivery.
 * @throws ConfigurationError where the handler is missing.
 */
export function toNodeHandler(handler: WebhookHandler): NodeWebhookHandler {
  if (typeof handler !== "function") throw new ConfigurationError("toNodeHandler: pass the handler of an endpoint.");
  const handle = async (request: NodeRequest, body: unknown, rawBody: unknown): Promise<Response> => {
    let webRequest: Request;
    try {
      webRequest = toWebRequest(request, body, rawBody);
    } catch (error) {
      reportUnreadable(handler, request, error);
      return new Response(null, { status: 400 });
    }
    return handler(webRequest);
  };
  return async (request: NodeRequest | FastifyLikeRequest, response: NodeResponse | FastifyLikeReply) => {
    const nodeRequest = "raw" in request ? request.raw : request;
    const nodeResponse = "raw" in response ? response.raw : response;
    if ("hijack" in response) response.hijack();
    try {
      const webResponse = await handle(nodeRequest, request.body, request.rawBody);
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
