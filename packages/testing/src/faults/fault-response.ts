import type { Bytes } from "@connectry/core";
import { type EncodedResponse, encodeResponse, hasNoBody } from "../http/encode-response.js";
import type { ResponseProgress, ScriptedFault } from "./fault.js";
import { gzipBomb } from "./gzip-bomb.js";

/** What `fetch` of Node throws for a connection that was reset. */
function connectionError(message: string): TypeError {
  const reset = { code: "ECONNRESET", errno: -104, syscall: "read" };
  return new TypeError(message, { cause: Object.assign(new Error("read ECONNRESET"), reset) });
}

/** Waits for a delay, for ever without one; rejects with the reason of the signal. */
function wait(signal: AbortSignal, delayMs?: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = delayMs === undefined ? undefined : setTimeout(resolve, delayMs);
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort, { once: true });
  });
}

/** A response with this body: of the given length, unless that is not told. */
function respond({ status, headers, body }: EncodedResponse, content: BodyInit | null, length?: number): Response {
  const fields = new Headers();
  for (const [name, value] of Object.entries(headers)) for (const one of [value].flat()) fields.append(name, one);
  const known = length ?? (content === body ? body?.byteLength : undefined);
  if (known !== undefined) fields.set("content-length", String(known));
  return new Response(hasNoBody(status) ? null : content, { status, headers: fields });
}

/** A body that takes its chunks from a generator as it is read, and fails as that does. */
function streamOf(chunks: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  const iterator = chunks[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: () => void iterator.return?.(),
  });
}

async function* drip(
  body: Uint8Array,
  { chunkBytes, everyMs }: { chunkBytes: number; everyMs: number },
  signal: AbortSignal,
) {
  const size = Math.max(1, chunkBytes);
  for (let offset = 0; offset < body.byteLength; offset += size) {
    if (offset > 0) await wait(signal, everyMs);
    yield body.subarray(offset, offset + size);
  }
}

/** A part of a body, after which its connection is reset, or nothing more arrives. */
async function* cut(part: Uint8Array, kind: "reset" | "stall", signal: AbortSignal) {
  if (part.byteLength > 0) yield part;
  if (kind === "stall") await wait(signal);
  throw connectionError("terminated");
}

async function* bomb(decodedBytes: number) {
  yield* gzipBomb(decodedBytes);
}

function partOf(body: Uint8Array, after: ResponseProgress): Uint8Array {
  return body.subarray(0, after === "half-body" ? Math.ceil(body.byteLength / 2) : 0);
}

/**
 * A response, changed by a fault, as `fetch` would receive it: where a fault leaves no response, this rejects as the `fetch` of Node
 * does. What waits, waits until the signal aborts.
 */
export async function faultResponse(
  encoded: EncodedResponse,
  fault: ScriptedFault | undefined,
  signal: AbortSignal,
): Promise<Response> {
  if (fault?.delayMs !== undefined) await wait(signal, fault.delayMs);
  const body = encoded.body ?? new Uint8Array();
  switch (fault?.kind) {
    case undefined:
    case "latency":
      return respond(encoded, (encoded.body as Bytes | undefined) ?? null);
    case "response": {
      const other = encodeResponse(fault);
      return respond(other, (other.body as Bytes | undefined) ?? null);
    }
    case "reset":
    case "stall": {
      // A response without a body is complete after its headers, so that the fault must happen before them.
      if (fault.after === "request" || body.byteLength === 0) {
        if (fault.kind === "stall") await wait(signal);
        throw connectionError("fetch failed");
      }
      return respond(encoded, streamOf(cut(partOf(body, fault.after), fault.kind, signal)), body.byteLength);
    }
    case "truncate":
      return respond(encoded, body.slice(0, Math.floor(body.byteLength / 2)) as Bytes);
    case "wrong-length": {
      const length = Math.max(0, body.byteLength + fault.by);
      // A longer body than was announced ends there; a shorter one is a lost connection.
      const content = fault.by > 0 ? streamOf(cut(body, "reset", signal)) : (body.slice(0, length) as Bytes);
      return respond(encoded, content, length);
    }
    case "drip":
      return respond(encoded, streamOf(drip(body, fault, signal)));
    case "gzip-bomb": {
      const headers = { "content-type": "application/json", "content-encoding": "gzip" };
      return respond({ status: encoded.status, headers, body: undefined }, streamOf(bomb(fault.decodedBytes)));
    }
  }
}
