import { isBytes } from "../../platform/bytes.js";
import { setBodyAdvice } from "../delivery/body-advice.js";
import { setRawUrl } from "../delivery/request-url.js";
import type { WebhookHandler } from "../handler/endpoint.js";
import { failureReportsOf } from "../handler/failure-reports.js";
import { rejection } from "../scheme/delivery.js";

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

/** What a framework knows of a request, besides Node. */
export interface FrameworkRequest {
  /** What a parser left: the bytes, their text, or a parsed body. */
  readonly body?: unknown;
  /** The bytes or their text, where the framework keeps them in addition to the parsed body. */
  readonly rawBody?: unknown;
  /** The whole URL as the client called it. @default it consists of the host header and the target of the request */
  readonly url?: string | undefined;
  /** How to keep the body from being parsed in this framework. */
  readonly bodyAdvice: string;
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
function toWebRequest(request: NodeRequest, framework: FrameworkRequest): Request {
  const { body, rawBody, bodyAdvice } = framework;
  const { headers, host } = headersOf(request);
  const method = (request.method ?? "POST").toUpperCase();
  const url = framework.url ?? urlOf(request, host);
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
  setBodyAdvice(web, bodyAdvice);
  if (isUsed) void web.text();
  return web;
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

/** Calls a handler with a request of Node. A request that a web `Request` cannot represent is reported, and gets a 400. */
export async function handleNodeRequest(
  handler: WebhookHandler,
  request: NodeRequest,
  framework: FrameworkRequest,
): Promise<Response> {
  let webRequest: Request;
  try {
    webRequest = toWebRequest(request, framework);
  } catch (error) {
    reportUnreadable(handler, request, error);
    return new Response(null, { status: 400 });
  }
  return handler(webRequest);
}
