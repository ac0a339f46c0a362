import type { OneShotBody, ReplayableBody } from "../pipeline/call.js";
import type { BodyForm, QueryStyle } from "./profile.js";
import { type DateStyle, jsonText } from "./spelling.js";
import { joinPairs, spreadPairs } from "./spread-pairs.js";

type Body = ReplayableBody | OneShotBody;

function replayable(contentType: string | undefined, data: ReplayableBody["data"]): ReplayableBody {
  return { kind: "replayable", contentType, data };
}

/** A body that can be sent once. */
export function oneShot(data: OneShotBody["data"]): OneShotBody {
  return { kind: "one-shot", contentType: undefined, data };
}

/** A body that the platform encodes is encoded once, so that the boundary of a form, too, is the same on every attempt. */
export async function encodeOnce(encoded: Request | Response): Promise<ReplayableBody | undefined> {
  if (encoded.body === null) return undefined;
  const contentType = encoded.headers.get("content-type") ?? undefined;
  return replayable(contentType, new Uint8Array(await encoded.arrayBuffer()));
}

function isBinary(value: unknown): value is Blob | BufferSource {
  return value instanceof Blob || value instanceof ArrayBuffer || ArrayBuffer.isView(value);
}

/** A stream of the web, or what a Node stream and a generator share. */
function streamOf(body: unknown): ReadableStream<Uint8Array> | undefined {
  if (body instanceof ReadableStream) return body;
  if (!(body as AsyncIterable<unknown> | null)?.[Symbol.asyncIterator]) return undefined;
  return (ReadableStream as unknown as { from(chunks: unknown): ReadableStream<Uint8Array> }).from(body);
}

/** Fields of a multipart form: bytes are files, and what is nested is spread in the style; without one, lists are repeated. */
function encodeForm(
  fields: Iterable<readonly [string, unknown]>,
  dates: DateStyle,
  style: "brackets" | "json",
): Promise<Body | undefined> {
  const data = new FormData();
  for (const [name, value] of fields) {
    const items = [value].flat();
    const whole = style === "brackets" && !items.some(isBinary);
    for (const item of whole ? [value] : items) {
      if (isBinary(item)) data.append(name, item instanceof Blob ? item : new File([item], name));
      else if (item !== null) for (const [key, text] of spreadPairs(style, name, item, dates)) data.append(key, text);
    }
  }
  return encodeOnce(new Response(data));
}

/**
 * The bytes of a body in the operation's form; what has a form of its own goes out in that. `inner` is the form of the
 * provider's other bodies. Throws for what none of them can say.
 */
export function serialiseBody(
  body: unknown,
  form: BodyForm,
  inner: BodyForm,
  dates: DateStyle,
): Body | undefined | Promise<Body | undefined> {
  if (body === undefined) return undefined;
  // By its tag: undici's own FormData is another class than the platform's.
  if ((body as { readonly [Symbol.toStringTag]?: string } | null)?.[Symbol.toStringTag] === "FormData")
    return encodeForm(body as FormData, dates, "json");
  if (body instanceof URLSearchParams || isBinary(body)) return encodeOnce(new Response(body));
  const stream = streamOf(body);
  if (stream) return oneShot(stream);
  if (form === "json") return replayable("application/json", jsonText(body, dates));
  if (form === "raw" && typeof body === "string") return replayable(undefined, body);
  if (form === "raw" || typeof body !== "object" || body === null) {
    throw new TypeError(`a ${typeof body} body has no form as ${form}`);
  }
  if (form === "multipart")
    return encodeForm(Object.entries(body), dates, inner === "form-brackets" ? "brackets" : "json");
  // A form is written as a query of the same style.
  const style = form.slice("form-".length) as QueryStyle;
  return replayable(
    "application/x-www-form-urlencoded",
    joinPairs(Object.entries(body), () => style, dates),
  );
}
