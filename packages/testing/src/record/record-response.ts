import type { Call, TransportResponse } from "@connectry/core";
import { toProviderUrl } from "./describe-call.js";
import { recordBody, replayBody } from "./recorded-body.js";
import type { RecordedResponse } from "./recording-file.js";

// What differs between two equal responses, belongs to the connection, or is no longer true of the decoded body.
const volatile = new Set(
  [
    "age alt-svc cf-cache-status cf-ray connection content-encoding content-length date expires keep-alive nel",
    "report-to server server-timing set-cookie strict-transport-security transfer-encoding via",
    "x-amz-cf-id x-amz-cf-pop x-amzn-trace-id x-cache x-runtime x-served-by x-timer",
  ].flatMap((line) => line.split(" ")),
);

/** How long a `Retry-After` asks to wait, in seconds: a date would be in the past when it is replayed. */
function relativeRetryAfter(value: string, date: string | null): string {
  const atMs = Date.parse(value);
  if (/^\s*\d/.test(value) || Number.isNaN(atMs)) return value;
  return String(Math.max(0, Math.ceil((atMs - (date === null ? Date.now() : Date.parse(date))) / 1_000)));
}

function recordHeaders(headers: Headers): Record<string, string> {
  const kept = [...headers].filter(([name]) => !volatile.has(name)).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(
    kept.map(([name, value]) => [
      name,
      name === "retry-after" ? relativeRetryAfter(value, headers.get("date")) : value,
    ]),
  );
}

/** A response whose body is recorded while the caller reads it. */
export interface Capture {
  /** Passed on to the caller. */
  readonly response: TransportResponse;
  /** What has arrived so far. */
  read(): RecordedResponse;
}

/** Records a response. A caller that cancels a stream ends its recording there. */
export function captureResponse(call: Call, received: TransportResponse): Capture {
  const { status, statusText, headers, body, requests } = received;
  const stream = body !== null && "getReader" in body ? body.getReader() : undefined;
  const chunks: Uint8Array[] = stream === undefined ? [...((body as readonly Uint8Array[] | null) ?? [])] : [];
  let isCut = false;
  const copied =
    stream &&
    new ReadableStream<Uint8Array>({
      async pull(controller) {
        try {
          const { done, value } = await stream.read();
          if (done) return controller.close();
          chunks.push(value);
          controller.enqueue(value);
        } catch (error) {
          isCut = true;
          controller.error(error);
        }
      },
      cancel: (reason) => stream.cancel(reason),
    });
  return {
    response: { status, statusText, headers, body: copied ?? body, requests },
    read() {
      const bytes = Buffer.from(toProviderUrl(Buffer.concat(chunks).toString("latin1"), call), "latin1");
      const kept = Object.entries(recordHeaders(headers)).map(([name, value]) => [name, toProviderUrl(value, call)]);
      return {
        status,
        headers: Object.fromEntries(kept),
        ...recordBody(bytes, headers.get("content-type") ?? ""),
        ...(isCut && { isCut }),
      };
    },
  };
}

/** As Node reports it. */
const connectionLost = () =>
  Object.assign(new Error("the connection was lost, as it was when this was recorded"), { code: "ECONNRESET" });

/** A recorded response as a transport returns it. */
export function replayResponse({ operation, settings }: Call, recorded: RecordedResponse): TransportResponse {
  const { status } = recorded;
  const headers = new Headers(recorded.headers);
  if (operation.method === "HEAD" || [204, 205, 304].includes(status)) return { status, headers, body: null };
  const chunks = replayBody(recorded);
  if (!settings.stream && recorded.isCut) throw connectionLost();
  if (!settings.stream) return { status, headers, body: chunks };
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const chunk = chunks.shift();
      if (chunk !== undefined) controller.enqueue(chunk);
      else if (recorded.isCut) controller.error(connectionLost());
      else controller.close();
    },
  });
  return { status, headers, body };
}
