import { ResponseParseError, ResponseTooLargeError } from "../errors/call-errors.js";
import { loadPeer } from "../errors/load-peer.js";
import type { Operation } from "../pipeline/call.js";
import type { Reply } from "../pipeline/reply.js";
import { leaveUnread } from "../platform/leave-unread.js";
import { parseJson } from "../platform/parse-json.js";
import type { EventMessage, EventSink, ReadEvents } from "./event-message.js";
import type { EventFormat, ResolvedEventOptions } from "./event-options.js";
import { readLines } from "./read-lines.js";
import { serverSentEvents } from "./read-server-sent-events.js";

const peer = { name: "eventsource-parser", entry: "@connectry/core/events" };
// The media types of newline-delimited JSON, none of which is registered: https://github.com/ndjson/ndjson-spec, https://jsonlines.org
const lines = /^application\/(x-)?(ndjson|jsonl|json-?lines|json-seq)\b/i;

/** The response of a call whose body is events. */
export interface EventResponse {
  readonly data: ReadableStream<Uint8Array>;
  readonly response: Reply;
}

/** What a body is read with. */
interface BodyContext {
  readonly operation: Operation;
  readonly options: ResolvedEventOptions;
}

function formatOf({ headers }: Reply, operation: Operation): EventFormat {
  const type = headers.get("content-type") ?? "";
  if (lines.test(type)) return "ndjson";
  if (type === "" || /^text\/event-stream\b/i.test(type)) return "sse";
  const hint = /\bjson\b/i.test(type)
    ? " Does the body of the request ask for a stream, such as by `stream: true`?"
    : "";
  const message = `expected events, got ${type}: pass \`format\` if it is one of events.${hint}`;
  throw new ResponseParseError(message, { operation: operation.id, maybeSent: true, outcome: outcomeOf(operation) });
}

/** What became of a call whose response began: the status was a success. */
export function outcomeOf({ safety }: Operation): "applied" | "not-applied" {
  return safety === "safe" ? "not-applied" : "applied";
}

async function readerOf(format: EventFormat): Promise<ReadEvents> {
  if (format === "ndjson") return readLines;
  const { createParser } = await loadPeer(peer, () => import("eventsource-parser"));
  return serverSentEvents(createParser);
}

/** The text of a body as it arrives. A reader that leaves early closes the connection. */
async function* textOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      yield decoder.decode(value, { stream: true });
    }
    yield decoder.decode();
  } finally {
    leaveUnread(reader);
  }
}

/**
 * The events of one response. Throws ResponseParseError where it is not events, ResponseTooLargeError for an event that is longer than
 * allowed, and what the body throws.
 */
export async function* readBody(
  { data, response }: EventResponse,
  { operation, options }: BodyContext,
  sink: EventSink,
): AsyncGenerator<EventMessage, void, undefined> {
  const { format, maxEventLength } = options;
  try {
    const read = await readerOf(format ?? formatOf(response, operation));
    yield* read(textOf(data), maxEventLength, sink);
  } catch (error) {
    leaveUnread(data.locked ? undefined : data);
    if (!(error instanceof RangeError)) throw error;
    const message = `an event exceeds ${maxEventLength} characters: raise \`maxEventLength\`.`;
    const { attempts, idempotencyKey } = response;
    throw new ResponseTooLargeError(message, {
      operation: operation.id,
      attempts,
      idempotencyKey,
      maybeSent: true,
      outcome: outcomeOf(operation),
    });
  }
}

/** The data of an event. Throws ResponseParseError where it is not JSON. */
export function parseData({ data }: EventMessage, number: number, operation: Operation): unknown {
  try {
    return (operation.parseJson ?? parseJson)(data);
  } catch (cause) {
    const message = `the data of event ${number} is not JSON: pass \`parse: "text"\` to read it as text.`;
    throw new ResponseParseError(message, {
      operation: operation.id,
      cause,
      maybeSent: true,
      outcome: outcomeOf(operation),
    });
  }
}
