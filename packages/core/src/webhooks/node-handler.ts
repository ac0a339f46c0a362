import type { WebhookHandler } from "./handler.js";
import { keepRawUrl } from "./raw-url.js";

/** What is used of a request of `node:http`, which Express's is, too. */
export interface NodeRequest extends AsyncIterable<Uint8Array> {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  /** Express: the address before a router took its part of it. */
  readonly originalUrl?: string | undefined;
  readonly rawHeaders: readonly string[];
  readonly socket: object;
  /** The bytes, where a parser that keeps them ran before (`express.raw()`). */
  readonly body?: unknown;
  /** The bytes, where a framework keeps them beside the parsed body. */
  readonly rawBody?: unknown;
  readonly readableEnded?: boolean | undefined;
}

/** What is used of an answer of `node:http`. */
export interface NodeResponse {
  statusCode: number;
  setHeader(name: string, value: string): unknown;
  end(body?: Uint8Array): unknown;
}

/** What is used of a request of Fastify. */
export interface FastifyLikeRequest {
  readonly raw: NodeRequest;
  readonly body?: unknown;
  readonly rawBody?: unknown;
}

/** What is used of a reply of Fastify. */
export interface FastifyLikeReply {
  readonly raw: NodeResponse;
  hijack(): unknown;
}

/** A handler for `node:http`, Express and Fastify. */
export interface NodeWebhookHandler {
  (request: NodeRequest, response: NodeResponse): Promise<void>;
  (request: FastifyLikeRequest, reply: FastifyLikeReply): Promise<void>;
}

function addressOf({ socket, originalUrl, url = "/" }: NodeRequest, headers: Headers): string {
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

/** The request's body as a stream, so that a cap can end it early. */
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

/** The body as it can be had: kept bytes, the stream, or a Request that says that it was read. */
function webRequest(request: NodeRequest, body: unknown, rawBody: unknown): Request {
  const headers = headersOf(request);
  const method = (request.method ?? "POST").toUpperCase();
  const url = addressOf(request, headers);
  const kept = [rawBody, body].find((one) => one instanceof Uint8Array || typeof one === "string");
  const hasBody = method !== "GET" && method !== "HEAD";
  const isGone = kept === undefined && (request.readableEnded === true || (typeof body === "object" && body !== null));
  const init = {
    method,
    headers,
    ...(hasBody ? { body: (kept as BodyInit) ?? (isGone ? "-" : streamOf(request)) } : {}),
  };
  // Without a host that can be, an address still has to be one.
  const web = new Request(URL.canParse(url) ? url : "http://localhost/", { ...init, duplex: "half" } as RequestInit);
  keepRawUrl(web, url);
  if (isGone) void web.text();
  return web;
}

async function send(response: Response, to: NodeResponse): Promise<void> {
  to.statusCode = response.status;
  for (const [name, value] of response.headers) to.setHeader(name, value);
  // What is left of a body that was refused would otherwise be read as the next request.
  if (response.status === 413) to.setHeader("connection", "close");
  to.end(response.body === null ? undefined : new Uint8Array(await response.arrayBuffer()));
}

/**
 * A handler as `node:http`, Express and Fastify take one. The bytes must not have been parsed away before: in Express
 * mount it ahead of `express.json()`, in Fastify add a content type parser with `parseAs: "buffer"`.
 */
export function toNodeHandler(handler: WebhookHandler): NodeWebhookHandler {
  return async (request: NodeRequest | FastifyLikeRequest, response: NodeResponse | FastifyLikeReply) => {
    const raw = "raw" in request ? request.raw : request;
    const to = "raw" in response ? response.raw : response;
    if ("hijack" in response) response.hijack();
    let answer: Response;
    try {
      answer = await handler(webRequest(raw, request.body, request.rawBody));
    } catch {
      // Headers that no Request takes.
      answer = new Response(null, { status: 400 });
    }
    await send(answer, to);
  };
}
