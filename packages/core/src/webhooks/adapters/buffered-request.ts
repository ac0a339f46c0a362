import type { Bytes } from "../../platform/bytes.js";
import { setBodyAdvice } from "../delivery/body-advice.js";
import { setRawUrl } from "../delivery/request-url.js";

/** A request of a platform that reads the body before it calls a function. */
export interface BufferedRequest {
  readonly method: string;
  /** The whole URL, as the provider called it. */
  readonly url: string;
  readonly headers: Headers;
  /** Undefined where the raw bytes are gone, because somebody parsed them. */
  readonly body: string | Bytes | undefined;
  /** How to keep the body from being parsed. */
  readonly bodyAdvice: string;
}

/** Converts to a web `Request`, whose body is marked as used where the raw bytes are gone. */
export function toBufferedRequest({ method, url, headers, body, bodyAdvice }: BufferedRequest): Request {
  const hasBody = method !== "GET" && method !== "HEAD";
  // A `Request` needs a valid URL, even where the host header is not valid.
  const web = new Request(URL.canParse(url) ? url : "http://localhost/", {
    method,
    headers,
    ...(hasBody ? { body: body ?? "-" } : {}),
  });
  setRawUrl(web, url);
  setBodyAdvice(web, bodyAdvice);
  if (hasBody && body === undefined) void web.text();
  return web;
}
