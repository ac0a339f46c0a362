/** One event as it arrived. */
export interface EventMessage<Data = string> {
  /** The field `event`; `message` where there is none, as in browsers. */
  readonly type: string;
  /** The id of the last event that had one. */
  readonly id: string | undefined;
  readonly data: Data;
}

/** What a reader of a format reports beside its events. */
export interface EventSink {
  /** The provider asks to wait so many milliseconds before a connection that was lost is opened again. */
  onRetry(waitMs: number): void;
  /** The body ended inside an event. */
  onCut(): void;
}

/** Reads the events of a body. It throws RangeError for an event that is longer than `maxLength` characters. */
export type ReadEvents = (
  body: AsyncIterable<string>,
  maxLength: number,
  sink: EventSink,
) => AsyncGenerator<EventMessage, void, undefined>;
