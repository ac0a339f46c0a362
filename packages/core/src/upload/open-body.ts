import { CallError } from "../errors/call-errors.js";
import type { Body, Call } from "../pipeline/call.js";
import { leaveUnread } from "../platform/leave-unread.js";
import { readParts, toBytes } from "./read-parts.js";

/** A body that is being sent. */
export interface OpenedBody {
  /** The call with its body as a stream that is read once, and with its length where it is known. */
  readonly call: Call;
  /** Why the body could not be read to its end. */
  readonly failure: CallError | undefined;
  /** Ends the body, unless it was read to its end: the request has failed. */
  close(): void;
  /** The response is complete: ends the body where it is still being read. What a mock never read, a test may read later. */
  finish(): void;
}

// Bytes are passed on in pieces, so that progress can be seen.
const pieceBytes = 65_536;

function openSource(body: Body): { readonly source: ReadableStream<Uint8Array>; readonly size: number | undefined } {
  if (body.kind === "one-shot") return { source: body.data, size: undefined };
  if (body.kind === "reopenable") return { source: body.open(), size: body.size };
  const bytes = typeof body.data === "string" ? new TextEncoder().encode(body.data) : body.data;
  const count = Math.ceil(bytes.length / pieceBytes);
  const pieces = Array.from({ length: count }, (_, i) => bytes.subarray(i * pieceBytes, (i + 1) * pieceBytes));
  return { source: readParts(pieces), size: bytes.length };
}

/** Opens the body of a call for one request, which must be closed when the request is over. */
export function openBody(call: Call, body: Body): OpenedBody {
  const { operation, attempt, settings } = call;
  const { source, size } = openSource(body);
  const reader = source.getReader();
  let sentBytes = 0;
  let isBegun = false;
  let isOver = false;
  let failure: CallError | undefined;
  let end = (_: unknown) => {};
  const close = () => {
    if (isOver) return;
    isOver = true;
    end(new Error("the request is over"));
    leaveUnread(reader);
  };
  const data = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        end = (reason) => controller.error(reason);
      },
      async pull(controller) {
        isBegun = true;
        try {
          const { value: chunk } = await reader.read();
          if (isOver) return;
          const value = chunk && toBytes(chunk);
          sentBytes += value?.length ?? 0;
          if (value) controller.enqueue(value);
          if (value) settings.onUploadProgress?.({ sentBytes, totalBytes: size, attempt });
          // Its length is known to be right: the end needs no more reading.
          if (value && sentBytes !== size) return;
          isOver = true;
          controller.close();
          await reader.cancel();
        } catch (error) {
          const message = `the request body could not be sent: ${(error as Error)?.message ?? error}.`;
          failure ??= new CallError(message, { operation: operation.id, cause: error });
          end(failure);
          close();
        }
      },
      cancel: close,
    },
    { highWaterMark: 0 },
  );
  const headers = size === undefined ? call.headers : { ...call.headers, "content-length": `${size}` };
  return {
    call: { ...call, headers, body: { kind: "one-shot", contentType: body.contentType, data } },
    get failure() {
      return failure;
    },
    close,
    finish: () => isBegun && close(),
  };
}
