import type { OneShotBody, ReplayableBody } from "../pipeline/call.js";
import { isReopenable, type Reopenable } from "../upload/reopenable.js";

/** The media type of forms without files. */
export const urlEncoded = "application/x-www-form-urlencoded";

/** A body that can be sent again. */
export function replayable(contentType: string | undefined, data: ReplayableBody["data"]): ReplayableBody {
  return { kind: "replayable", contentType, data };
}

/** A body that can be sent once. */
export function oneShot(data: OneShotBody["data"]): OneShotBody {
  return { kind: "one-shot", contentType: undefined, data };
}

/** Whether a value is bytes in memory. */
export function isBytes(value: unknown): value is BufferSource {
  return value instanceof ArrayBuffer || ArrayBuffer.isView(value);
}

/** Whether a value is a file: a Blob, or a body that can be opened again. */
export function isFile(value: unknown): value is Blob | Reopenable {
  return value instanceof Blob || isReopenable(value);
}
