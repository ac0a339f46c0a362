import type { BodyContext, WriteBody } from "./body-strategies.js";
import { type Body, encodeOnce, isBinary, oneShot, replayable } from "./encoded-body.js";
import { jsonText } from "./spelling.js";

/** A stream of the web, or what a Node stream and a generator share. */
function streamOf(body: unknown): ReadableStream<Uint8Array> | undefined {
  if (body instanceof ReadableStream) return body;
  if (!(body as AsyncIterable<unknown> | null)?.[Symbol.asyncIterator]) return undefined;
  return (ReadableStream as unknown as { from(chunks: unknown): ReadableStream<Uint8Array> }).from(body);
}

/** A form of another realm, as the platform's own: undici's FormData is another class. */
function ownForm(form: FormData): FormData {
  const own = new FormData();
  for (const [name, value] of form) own.append(name, value);
  return own;
}

/**
 * The bytes of a body in the operation's form; what has a form of its own goes out in that. Throws for what none of them
 * can say.
 */
export function serialiseBody(
  body: unknown,
  write: WriteBody | undefined,
  context: BodyContext,
): Body | undefined | Promise<Body | undefined> {
  if (body === undefined) return undefined;
  const { form, date } = context;
  const tag = (body as { readonly [Symbol.toStringTag]?: string } | null)?.[Symbol.toStringTag];
  if (tag === "FormData") return encodeOnce(new Response(ownForm(body as FormData)));
  if (body instanceof URLSearchParams || isBinary(body)) return encodeOnce(new Response(body));
  const stream = streamOf(body);
  if (stream) return oneShot(stream);
  if (form === "json") return replayable("application/json", jsonText(body, date));
  if (form === "raw" && typeof body === "string") return replayable(undefined, body);
  if (!write || typeof body !== "object" || body === null) {
    throw new TypeError(`a ${typeof body} body has no form as ${form}`);
  }
  return write(body, context);
}
