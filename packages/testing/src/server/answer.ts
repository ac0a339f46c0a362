/** What a server answers, before it is sent. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Uint8Array | undefined;
}

/** An answer as tests write it: text and bytes go out as they are, anything else as JSON. */
export interface AnswerInit {
  /** @default 200 */
  readonly status?: number | undefined;
  readonly headers?: Readonly<Record<string, string | readonly string[]>> | undefined;
  readonly body?: unknown;
}

const encoder = new TextEncoder();

/** Statuses whose answers have no body (RFC 9110, 6.4.1). */
export function hasNoBody(status: number): boolean {
  return status === 204 || status === 304 || status < 200;
}

function encodeBody(body: unknown): {
  readonly bytes: Uint8Array | undefined;
  readonly contentType: string | undefined;
} {
  if (body === undefined) return { bytes: undefined, contentType: undefined };
  if (body instanceof Uint8Array) return { bytes: body, contentType: "application/octet-stream" };
  if (typeof body === "string") return { bytes: encoder.encode(body), contentType: "text/plain; charset=utf-8" };
  return { bytes: encoder.encode(JSON.stringify(body)), contentType: "application/json" };
}

/** Makes an answer of what a test wrote; a content type is added where none is given. */
export function createAnswer({ status = 200, headers = {}, body }: AnswerInit): Answer {
  const { bytes, contentType } = encodeBody(hasNoBody(status) ? undefined : body);
  const named = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  return {
    status,
    headers: contentType === undefined ? named : { "content-type": contentType, ...named },
    body: bytes,
  };
}
