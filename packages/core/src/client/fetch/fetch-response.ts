import { ResponseTooLargeError } from "../../errors/call-errors.js";
import type { Reply } from "../../pipeline/reply.js";
import { isBytes } from "../../platform/bytes.js";
import { leaveUnread } from "../../platform/leave-unread.js";

// https://fetch.spec.whatwg.org/#null-body-status
const nullBodyStatuses = [101, 103, 204, 205, 304];
const decodable = /^((x-)?gzip|deflate|br|zstd|identity)$/;
const readAheadBytes = 65_536;

/** What a Response says about itself. */
type ResponseFacts = Pick<Response, "status" | "statusText" | "url" | "redirected">;

/** Sets what the constructor of a Response does not accept: its address, any reason phrase, and a status such as 999. */
function describe(response: Response, facts: ResponseFacts): Response {
  const clone = () => describe(Response.prototype.clone.call(response), facts);
  const { status } = facts;
  const values = { ...facts, ok: status >= 200 && status < 300, type: "basic", clone };
  for (const [name, value] of Object.entries(values)) Object.defineProperty(response, name, { value });
  return response;
}

function createResponse(body: BodyInit | null, headers: Headers, facts: ResponseFacts): Response {
  const { status } = facts;
  // Some servers read the status that a Response was constructed with, where a program returns it as its own.
  return describe(new Response(body, { headers, status: status >= 200 && status < 600 ? status : 200 }), facts);
}

/** The headers of a body as it is passed on: the transport has decoded it, and what an error repeats may be redacted. */
function headersOf({ headers, body }: Reply): Headers {
  const own = new Headers(headers);
  const encodings = own.get("content-encoding")?.toLowerCase().split(",");
  if (encodings?.every((name) => decodable.test(name.trim()))) {
    for (const name of ["content-encoding", "content-length"]) own.delete(name);
  }
  if (own.has("content-length") && isBytes(body)) own.set("content-length", `${body.length}`);
  return own;
}

/** How a body is passed on. */
interface StreamContext {
  readonly operation: string;
  readonly maxBytes: number;
}

/**
 * Passes a stream on, up to 64 KiB ahead of its reader: a short body that nobody reads ends all the same, and frees its slot
 * and its connection. Exceeding `maxBytes` ends it in ResponseTooLargeError.
 */
function readAhead(source: ReadableStream<Uint8Array>, { operation, maxBytes }: StreamContext): ReadableStream {
  const reader = source.getReader();
  let length = 0;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await reader.read();
        if (done) return controller.close();
        length += value.length;
        if (length > maxBytes) {
          const error = new ResponseTooLargeError(`the response exceeds ${maxBytes} bytes (maxResponseBytes).`, {
            operation,
          });
          void reader.cancel(error).catch(() => {});
          throw error;
        }
        controller.enqueue(value);
      },
      cancel: (reason) => reader.cancel(reason),
    },
    new ByteLengthQueuingStrategy({ highWaterMark: readAheadBytes }),
  );
}

/** What the caller asked for, and got a reply to. */
export interface FetchedCall extends StreamContext {
  readonly method: string;
  /** The address that was requested. */
  readonly url: string;
  /** Removes the credential from an address that carries it. */
  readonly withoutCredential: (url: string) => string;
}

/** The Response for a reply, as the platform's fetch would return it. */
export function createFetchResponse(reply: Reply, call: FetchedCall): Response {
  const { status, statusText = "", body } = reply;
  const url = call.withoutCredential(reply.url);
  const facts = { status, statusText, url, redirected: url !== call.withoutCredential(call.url) };
  if (call.method === "HEAD" || nullBodyStatuses.includes(status)) {
    if (body instanceof ReadableStream) leaveUnread(body);
    return createResponse(null, reply.headers, facts);
  }
  const content = body instanceof ReadableStream ? readAhead(body, call) : (body ?? new Uint8Array());
  return createResponse(content, headersOf(reply), facts);
}
