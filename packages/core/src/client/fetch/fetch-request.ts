import type { Body, CallSettings, ReplayableBody } from "../../pipeline/call.js";
import { toHeader } from "../../pipeline/with-header.js";
import { encodeUpload, uploadOf } from "../../serialization/encode-upload.js";
import { oneShot, replayable } from "../../serialization/encoded-body.js";
import { headerPairs } from "../merge-headers.js";

/** The arguments of fetch. */
export type FetchInput = string | URL | Request;

/** A request as fetch understands its arguments. */
export interface FetchRequest {
  readonly address: string;
  readonly method: string;
  readonly headers: Headers;
  /** Reads and encodes the body, once the request is known to be sent. */
  readBody(): Body | undefined | Promise<Body | undefined>;
  readonly signal: AbortSignal | undefined;
  readonly redirect: CallSettings["redirect"];
}

/** Whether the input is a Request: of any realm or package, since a library may bring its own class. */
function isRequest(input: unknown): input is Request {
  const { url, method } = Object(input) as { readonly url?: unknown; readonly method?: unknown };
  return typeof url === "string" && typeof method === "string";
}

/** Whether a body can be read once: a stream, or an async iterable, which Node's fetch accepts as well. */
function isStream(body: unknown): boolean {
  return typeof body === "object" && body !== null && ("getReader" in body || Symbol.asyncIterator in body);
}

/** The body of a Request, read whole: whether it could be read again, and how long it is, cannot be seen. */
async function readRequestBody(request: Request): Promise<ReplayableBody> {
  return replayable(undefined, new Uint8Array(await request.arrayBuffer()));
}

/**
 * Reads the arguments of fetch: `init` takes precedence over the Request, as https://fetch.spec.whatwg.org/#dom-request says.
 * Throws TypeError as the platform does, such as for a GET with a body; ConfigurationError for a header that cannot be sent,
 * because the platform's error shows its value.
 */
export function readFetchArguments(input: FetchInput, init: RequestInit = {}): FetchRequest {
  const given = isRequest(input) ? input : undefined;
  const { body = null, signal = given?.signal } = init;
  const own = (init.headers ?? given?.headers) as HeadersInit | undefined;
  for (const [name, value] of headerPairs(own)) toHeader(name, `${value}`.trim());
  const upload = uploadOf(body);
  // The platform checks method and headers, and encodes the body. It never sees the address or the signal.
  const request = new Request("https://localhost", {
    method: init.method ?? given?.method ?? "GET",
    headers: [...new Headers(own)],
    redirect: init.redirect ?? given?.redirect ?? "follow",
    // A form or a file is encoded here, because the platform would not say how to read it again.
    body: upload ? new Uint8Array() : body,
    duplex: "half",
  } as RequestInit);
  const { method, headers, redirect } = request;
  const readBody = () => {
    if (upload) return encodeUpload(upload);
    if (body !== null) return isStream(body) ? oneShot(request.body!) : readRequestBody(request);
    const hasBody = given && given.body !== null && !/^(GET|HEAD)$/.test(method);
    return hasBody ? readRequestBody(given).then((read) => (read.data.length ? read : undefined)) : undefined;
  };
  return { address: given?.url ?? `${input}`, method, headers, readBody, signal: signal ?? undefined, redirect };
}
