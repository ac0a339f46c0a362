import { setRawUrl } from "../delivery/request-url.js";
import type { WebhookHandler } from "./handler.js";

/** The part of a `node:http` request that is used. A request of Express is one, too. */
export interface NodeRequest extends AsyncIterable<Uint8Array> {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  /** Express: the URL before a router removed its prefix. */
  readonly originalUrl?: string | undefined;
  readonly rawHeaders: readonly string[];
  readonly socket: object;
  /** The bytes, after a parser that keeps them (`express.raw()`). */
  readonly body?: unknown;
  /** The bytes, where a framework keeps them in addition to the parsed body. */
  readonly rawBody?: unknown;
  readonly readableEnded?: boolean | undefined;
}

/** The part of a `node:http` response that is used. */
export interface NodeResponse {
  statusCode: number;
  setHeader(name: string, value: string): unknown;
  end(body?: Uint8Array): unknown;
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

/** A request listener for `node:http`, Express and Fastify. */
export interface NodeWebhookHandler {
  (request: NodeRequest, response: NodeResponse): Promise<void>;
  (request: FastifyLikeRequest, reply: FastifyLikeReply): Promise<void>;
}

function urlOf({ socket, originalUrl, url = "/" }: NodeRequest, headers: Headers): string {
  const scheme = (socket as { readonly encrypted?: boolean }).encrypted === true ? "https" : "http";
  const host = headers.get("host") ?? "localhost";
  const target = originalUrl ?? url;
  return /^https?:\/\//i.test(target) ? target : `${scheme}://${host}${target}`;
}

function headersOf({ rawHeaders }: NodeRequest): Headers {
  const headers = new Headers();
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    headers.append(rawHeaders[index] ?? "", rawHeaders[index + 1] ?? "");
  }
  return headers;
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
  const headers = headersOf(request);
  const method = (request.method ?? "POST").toUpperCase();
  const url = urlOf(request, headers);
  const kept = [rawBody, body].find((one) => one instanceof Uint8Array || typeof one === "string");
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

async function send(response: Response, target: NodeResponse): Promise<void> {
  target.statusCode = response.status;
  for (const [name, value] of response.headers) target.setHeader(name, value);
  // The rest of a body that is too large would otherwise be parsed as the next request.
  if (response.status === 413) target.setHeader("connection", "close");
  target.end(response.body === null ? undefined : new Uint8Array(await response.arrayBuffer()));
}

/**
 * Converts a handler for `node:http`, Express and Fastify. The body must not be parsed before: in Express mount the
 * handler before `express.json()`, in Fastify add a content type parser with `parseAs: "buffer"`. A request that a web
 * `Request` cannot represent receives a 400.
 */
export function toNodeHandler(handler: WebhookHandler): NodeWebhookHandler {
  return async (request: NodeRequest | FastifyLikeRequest, response: NodeResponse | FastifyLikeReply) => {
    const nodeRequest = "raw" in request ? request.raw : request;
    const nodeResponse = "raw" in response ? response.raw : response;
    if ("hijack" in response) response.hijack();
    let webResponse: Response;
    try {
      webResponse = await handler(toWebRequest(nodeRequest, request.body, request.rawBody));
    } catch {
      // `Request` does not accept the method or a header.
      webResponse = new Response(null, { status: 400 });
    }
    await send(webResponse, nodeResponse);
  };
}
