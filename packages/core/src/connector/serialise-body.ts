import { ConfigurationError } from "../errors/configuration-error.js";
import type { OneShotBody, ReplayableBody } from "../pipeline/call.js";
import type { BodyForm } from "./profile.js";
import { jsonText } from "./serialise-query.js";
import { bracketPairs, type DateStyle, encodePairs, scalarText } from "./serialise-value.js";

type Body = ReplayableBody | OneShotBody;

const form = "application/x-www-form-urlencoded";

function replayable(contentType: string | undefined, data: ReplayableBody["data"]): ReplayableBody {
  return { kind: "replayable", contentType, data };
}

/** A form or blob is encoded once by the platform, so that its boundary, too, is the same on every attempt. */
async function encodeOnce(data: FormData | Blob): Promise<ReplayableBody> {
  const encoded = new Response(data);
  const contentType = encoded.headers.get("content-type") ?? undefined;
  return replayable(contentType, new Uint8Array(await encoded.arrayBuffer()));
}

/** What is already bytes, text of a form, or a stream goes out as it is, whatever the operation's form. */
function asGiven(body: unknown): Body | Promise<Body> | undefined {
  if (body instanceof URLSearchParams) return replayable(`${form};charset=UTF-8`, body.toString());
  if (body instanceof ArrayBuffer) return replayable(undefined, new Uint8Array(body.slice(0)));
  if (ArrayBuffer.isView(body)) {
    return replayable(undefined, new Uint8Array(body.buffer, body.byteOffset, body.byteLength).slice());
  }
  if (body instanceof ReadableStream) return { kind: "one-shot", contentType: undefined, data: body };
  if (body instanceof Blob) return encodeOnce(body);
  if (isFormData(body)) return encodeOnce(body);
  return undefined;
}

// By its tag: undici's own FormData is another class than the platform's.
function isFormData(body: unknown): body is FormData {
  return Object.prototype.toString.call(body) === "[object FormData]";
}

function toFormData(body: object, dates: DateStyle): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(body)) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item === undefined || item === null) continue;
      if (item instanceof Blob) data.append(name, item);
      else if (ArrayBuffer.isView(item) || item instanceof ArrayBuffer)
        data.append(name, new Blob([item as ArrayBuffer]), name);
      else data.append(name, scalarText(item, dates, name) ?? jsonText(item, dates));
    }
  }
  return data;
}

function formPairs(body: object, style: BodyForm, dates: DateStyle): [string, string][] {
  return Object.entries(body).flatMap(([name, value]): [string, string][] => {
    if (style === "form-brackets") return bracketPairs(name, value, dates);
    const list = style === "form-repeat" && Array.isArray(value) ? value : [value];
    return list.flatMap((item): [string, string][] => {
      if (item === undefined) return [];
      if (item === null) return [[name, ""]];
      return [[name, scalarText(item, dates, name) ?? jsonText(item, dates)]];
    });
  });
}

/** The bytes of a body in the operation's form. Throws ConfigurationError for what that form cannot say. */
export function serialiseBody(body: unknown, style: BodyForm, dates: DateStyle, where: string): Body | Promise<Body> {
  const given = asGiven(body);
  if (given !== undefined) return given;
  if (style === "json") {
    const json = jsonText(body, dates);
    if (json !== undefined) return replayable("application/json", json);
  }
  if (style === "raw" && typeof body === "string") return replayable(undefined, body);
  if (style !== "raw" && typeof body === "object" && body !== null) {
    if (style === "multipart") return encodeOnce(toFormData(body, dates));
    return replayable(form, encodePairs(formPairs(body, style, dates)));
  }
  const wanted = style === "raw" ? "text, bytes, a Blob or a stream" : `an object (it is sent as ${style})`;
  throw new ConfigurationError(`${where}: body must be ${wanted}, not ${body === null ? "null" : typeof body}.`);
}
