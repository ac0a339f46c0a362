/** A response as a server sends it. */
export interface EncodedResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Uint8Array | undefined;
}

/** A response as tests write it: strings and bytes are sent as they are, anything else as JSON. */
export interface ScriptedResponse {
  /** @default 200 */
  readonly status?: number | undefined;
  readonly headers?: Readonly<Record<string, string | readonly string[]>> | undefined;
  readonly body?: unknown;
}

/** Whether responses with this status have no body (RFC 9110, 6.4.1). */
export function hasNoBody(status: number): boolean {
  return status === 204 || status === 304 || status < 200;
}

function encodeBody(body: unknown): {
  readonly bytes: Uint8Array | undefined;
  readonly contentType: string | undefined;
} {
  if (body === undefined) return { bytes: undefined, contentType: undefined };
  if (body instanceof Uint8Array) return { bytes: body, contentType: "application/octet-stream" };
  if (typeof body === "string")
    return { bytes: new TextEncoder().encode(body), contentType: "text/plain; charset=utf-8" };
  return { bytes: new TextEncoder().encode(JSON.stringify(body)), contentType: "application/json" };
}

/** Encodes a response; `content-type` follows from the body where `headers` does not have it. */
export function encodeResponse({ status = 200, headers = {}, body }: ScriptedResponse): EncodedResponse {
  const { bytes, contentType } = encodeBody(hasNoBody(status) ? undefined : body);
  const lowerCased = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  return {
    status,
    headers: contentType === undefined ? lowerCased : { "content-type": contentType, ...lowerCased },
    body: bytes,
  };
}
