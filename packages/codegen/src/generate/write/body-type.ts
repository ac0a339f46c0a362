import { isJsonObject } from "../document/json.js";
import { canBeNull } from "../facts/body-presence.js";
import { canBeScalar } from "../facts/schema-shape.js";
import type { ApiOperation } from "../operations/api-operation.js";
import { essenceOf, type Media } from "../operations/media-type.js";
import type { RequestMedia } from "../operations/request-media.js";
import type { ApiResponse } from "../operations/response-media.js";
import { writeText } from "./literal.js";

const BYTES = "Bytes";

/**
 * The type of a response body of bytes, which `paths.ts` declares if it uses it. The return type of
 * `Uint8Array.of` is `Uint8Array<ArrayBuffer>` since TypeScript 5.7, where Uint8Array is generic, and `Uint8Array` before, so
 * that the bytes can be passed to a Blob or a Response with every version. It needs no types of browsers.
 */
export const BYTES_DECLARATION = `type ${BYTES} = ReturnType<typeof Uint8Array.of>;`;

/** The type of the bodies of some responses, or `fallback` for an empty list. */
export function writeResponseType(operationType: string, responses: readonly ApiResponse[], fallback: string): string {
  const types = responses.flatMap(({ status, media }) =>
    media.length === 0 ? ["undefined"] : media.map((type) => writePageType(operationType, status, type)),
  );
  return [...new Set(types)].join(" | ") || fallback;
}

/** The type of what the envelopes of some responses have, which is there in each of them; undefined for one without a body. */
export function writeContentType(operationType: string, responses: readonly ApiResponse[], field: string): string {
  const types = responses.flatMap(({ status, media }) =>
    media.length === 0
      ? ["undefined"]
      : media.map((type) => `Exclude<${writePageType(operationType, status, type)}[${writeText(field)}], undefined>`),
  );
  return [...new Set(types)].join(" | ");
}

/** The type of the body of one response in one media type. */
export function writePageType(operationType: string, status: string, media: Media): string {
  if (media.kind === "text") return "string";
  if (media.kind === "bytes") return BYTES;
  return `${operationType}["responses"][${writeText(status)}]["content"][${writeText(media.key)}]`;
}

// The media types of streams of events: https://html.spec.whatwg.org/multipage/server-sent-events.html, and lines of JSON.
const EVENTS = /^(text\/event-stream|application\/(x-)?(ndjson|jsonl|json-?lines|json-seq))$/;

/** The type of the events of a stream; undefined where the document describes none, or only their text. */
export function writeEventType(operationType: string, responses: readonly ApiResponse[]): string | undefined {
  const types = responses.flatMap(({ status, media }) =>
    media
      .filter(({ key, schema }) => EVENTS.test(essenceOf(key)) && isJsonObject(schema) && schema.type !== "string")
      .map(({ key }) => `${operationType}["responses"][${writeText(status)}]["content"][${writeText(key)}]`),
  );
  return [...new Set(types)].join(" | ") || undefined;
}

/**
 * The type of a request body. That of a form is an object, because nothing else can be written as one: where the document has
 * another type or none, it is any object.
 */
export function writeRequestType(type: string, { document, body }: ApiOperation, request: RequestMedia): string {
  if (request.form === "raw")
    return 'string | Uint8Array | Blob | ReadableStream<Uint8Array> | import("@connectry/core").Reopenable';
  const { key, schema } = request.media;
  if (request.form !== "json" && canBeScalar(document, schema)) return "object";
  const all = body?.required === true ? `${type}["requestBody"]` : `NonNullable<${type}["requestBody"]>`;
  const written = `${all}["content"][${writeText(key)}]`;
  return request.form !== "json" && canBeNull(document, schema) ? `NonNullable<${written}>` : written;
}
