import type { createParser as CreateParser, EventSourceMessage } from "eventsource-parser";
import type { EventMessage, ReadEvents } from "./event-message.js";

/**
 * Reads server-sent events: https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation. What a browser
 * drops in silence, an event that the end of the body cut off, is reported.
 */
export function serverSentEvents(createParser: typeof CreateParser): ReadEvents {
  return async function* (body, maxLength, sink) {
    let arrived: EventSourceMessage[] = [];
    let isTooLong = false;
    let isOver = false;
    let isCut = false;
    let id: string | undefined;
    const parser = createParser({
      onEvent: (event) => arrived.push(event),
      onRetry: (waitMs) => sink.onRetry(waitMs),
      onError: ({ type }) => {
        isTooLong ||= type === "max-buffer-size-exceeded";
        // At the end it is half a line, such as `dat`. Elsewhere it is ignored, as the standard says.
        isCut ||= isOver && type === "unknown-field";
      },
      maxBufferSize: maxLength,
    });
    function* take(): Generator<EventMessage> {
      const events = arrived;
      arrived = [];
      for (const event of events) {
        if (event.data.length > maxLength) throw new RangeError("event too long");
        id = event.id ?? id;
        yield { type: event.event ?? "message", id, data: event.data };
      }
    }
    for await (const text of body) {
      parser.feed(text);
      yield* take();
      if (isTooLong) throw new RangeError("event too long");
    }
    isOver = true;
    parser.feed("\n\n");
    if (isCut || arrived.length > 0) sink.onCut();
  };
}
