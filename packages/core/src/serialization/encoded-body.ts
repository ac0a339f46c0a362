import type { OneShotBody, ReplayableBody } from "../pipeline/call.js";

/** A body that can be sent again. */
export function replayable(contentType: string | undefined, data: ReplayableBody["data"]): ReplayableBody {
  return { kind: "replayable", contentType, data };
}

/** A body that can be sent once. */
export function oneShot(data: OneShotBody["data"]): OneShotBody {
  return { kind: "one-shot", contentType: undefined, data };
}

/** Lets the platform encode a body, once, so that the boundary of a form is the same on every attempt. */
export async function encodeOnce(encoded: Request | Response): Promise<ReplayableBody | undefined> {
  if (encoded.body === null) return undefined;
  const contentType = encoded.headers.get("content-type") ?? undefined;
  return replayable(contentType, new Uint8Array(await encoded.arrayBuffer()));
}

/** Whether a value is bytes. */
export function isBinary(value: unknown): value is Blob | BufferSource {
  return value instanceof Blob || value instanceof ArrayBuffer || ArrayBuffer.isView(value);
}
