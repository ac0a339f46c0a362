import type { Body } from "../pipeline/call.js";
import type { BodyContext, EncodeBody } from "../pipeline/strategies.js";
import { encodeUpload, uploadOf } from "./encode-upload.js";
import { oneShot, replayable, urlEncoded } from "./encoded-body.js";
import { toData } from "./format-value.js";

/** What a stream of Node has besides its iterator. */
interface Source extends AsyncIterable<Uint8Array> {
  destroy?(): void;
}

/** A web stream, made from a Node stream or a generator where the body is one of these. */
function streamOf(body: unknown): ReadableStream<Uint8Array> | undefined {
  if (body instanceof ReadableStream) return body;
  const source = body as Source | null;
  const iterator = source?.[Symbol.asyncIterator]?.();
  if (!iterator) return undefined;
  const stream: UnderlyingDefaultSource<Uint8Array> = {
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    // The iterator of a Node stream leaves it open where nothing was read.
    cancel: () => void (source?.destroy ? source.destroy() : iterator.return?.()),
  };
  return new ReadableStream(stream, { highWaterMark: 0 });
}

/**
 * The bytes of a body in the operation's form; a FormData, URLSearchParams, file, stream or bytes are sent as they are. Throws
 * TypeError for a body that cannot be written in that form.
 */
export function serializeBody(
  body: unknown,
  encode: EncodeBody | undefined,
  context: BodyContext,
): Body | undefined | Promise<Body | undefined> {
  if (body === undefined) return undefined;
  const { form, formatDate, formatJson } = context;
  // That of a multipart form has a boundary, which only its encoder knows.
  const contentType = form === "multipart" ? undefined : context.contentType;
  if (body instanceof URLSearchParams) return replayable(`${urlEncoded};charset=UTF-8`, `${body}`);
  const upload = uploadOf(body);
  // A file knows its type better than the document does.
  if (upload) return encodeUpload(upload).then((sent) => ({ ...sent, contentType: sent.contentType ?? contentType }));
  const stream = streamOf(body);
  if (stream) return { ...oneShot(stream), contentType };
  if (form === "json") return replayable(contentType ?? "application/json", formatJson("body", body, formatDate));
  if (form === "raw" && typeof body === "string") return replayable(contentType, body);
  if (!encode || typeof body !== "object" || body === null) {
    const type = body === null ? "null" : `a ${typeof body}`;
    const expected = form === "raw" ? "bytes, text or a stream" : "an object";
    throw new TypeError(`${type} cannot be ${form.split("-")[0]}-encoded: pass ${expected}`);
  }
  return encode(toData("body", body, formatDate) as object, context);
}
