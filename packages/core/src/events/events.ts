import { type AnyConnector, internalsOf } from "../client/internals.js";
import { headerPairs } from "../client/merge-headers.js";
import type { CallInit } from "../client/prepared-call.js";
import type { Connector, Method, PathIndex } from "../client/typed-client.js";
import type { Args } from "../client/typed-path.js";
import type { EventMessage } from "./event-message.js";
import { type EventOptions, readEventOptions } from "./event-options.js";
import type { EventResponse } from "./read-body.js";
import { receiveEvents } from "./receive-events.js";

/** The options of a call of which the document is not known, and those of its events. */
export type EventInit = CallInit & EventOptions;

type EventArgs<Args> = { [Index in keyof Args]: Args[Index] & EventOptions };
type EventCall<E, P extends keyof E> = [path: P, ...args: EventArgs<Args<E, P>>];
type EventOf<Entry> = Entry extends { event: infer Event } ? Event : unknown;

/**
 * The events of a call: their data one by one, or with type and id by `messages()`. Each iteration sends the call; leaving it closes the
 * connection.
 */
export interface Events<Data> extends AsyncIterable<Data> {
  messages(): AsyncIterable<EventMessage<Data>>;
}

/** Calls whose responses are events. */
export interface EventMethods<E extends PathIndex> {
  GET<P extends keyof E["GET"]>(...call: EventCall<E["GET"], P>): Events<EventOf<E["GET"][P]>>;
  POST<P extends keyof E["POST"]>(...call: EventCall<E["POST"], P>): Events<EventOf<E["POST"][P]>>;
  /** Calls any path, also one that the document does not have: with everything that a call has but its types. */
  request<Data = unknown>(method: Method, path: string, init?: EventInit): Events<Data>;
}

type SendStream = (method: Method, path: string, init: CallInit) => Promise<EventResponse>;

/**
 * The calls of a connector as streams of events: server-sent events or newline-delimited JSON, whichever the response is. Each has the
 * options of any call, and EventOptions; until the response arrives it is retried as any call. Its deadline ends with the response;
 * from then on `idleTimeoutMs` and the signal hold.
 *
 * An iteration throws what a call throws, before its first event; then
 * - NetworkError, with `received` and `lastEventId`, where the stream was cut: the connection was lost, the body ended inside an event, or
 *   without the event that ends it. A GET whose events have ids is sent again, and continues after the last of them;
 * - ApiError, or the class of its status, where an event reports that the operation failed;
 * - TimeoutError where nothing arrives for `idleTimeoutMs`; ResponseParseError where the response is not events, or the data of one is not
 *   JSON; ResponseTooLargeError for one that is longer than `maxEventLength`;
 * - the signal's reason after an abort.
 *
 * Needs the package eventsource-parser for server-sent events. Throws ConfigurationError for an invalid option.
 */
export function events<E extends PathIndex>(connector: Connector<E>): EventMethods<E> {
  const internals = internalsOf(connector as AnyConnector);
  const { profile, operationOf } = internals;
  const send = connector.stream.request as SendStream;
  const receive = (method: Method, path: string, init: EventInit = {}): Events<unknown> => {
    const operation = operationOf(method, path);
    const { options, call } = readEventOptions(init, profile.events);
    const { headers, ...rest } = call;
    const own = Object.fromEntries(headerPairs(headers));
    const accept = options.format === "ndjson" ? "application/x-ndjson" : "text/event-stream";
    const open = (lastEventId: string | undefined) => {
      const resume = lastEventId === undefined ? undefined : { "last-event-id": lastEventId };
      return send(method, path, { ...rest, headers: { accept, ...own, ...resume } });
    };
    const messages = () => receiveEvents({ internals, operation, options, signal: init.signal, open });
    return {
      messages,
      async *[Symbol.asyncIterator]() {
        for await (const { data } of messages()) yield data;
      },
    };
  };
  const methods = {
    GET: (path: string, init?: EventInit) => receive("GET", path, init),
    POST: (path: string, init?: EventInit) => receive("POST", path, init),
    request: receive,
  };
  return methods as unknown as EventMethods<E>;
}
