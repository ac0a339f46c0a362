import { ConfigurationError } from "../errors/connectry-error.js";
import type { EventFacts } from "../provider/profile.js";

/** How the events of a response are written: server-sent events, or one JSON text a line. */
export type EventFormat = "sse" | "ndjson";

/** What a call that receives events has beside the options of any call. */
export interface EventOptions {
  /** @default what the media type of the response says */
  readonly format?: EventFormat | undefined;
  /** `text` leaves the data of each event as it arrived. @default "json" */
  readonly parse?: "json" | "text" | undefined;
  /** How the last event is known. `false`: the stream may end after any. @default what the profile says, else `false` */
  readonly end?: EventFacts["end"] | false | undefined;
  /** The most characters that one event may have. @default 1,048,576 */
  readonly maxEventLength?: number | undefined;
  /** Continues after this event, where the provider supports it: sent as `Last-Event-ID`. */
  readonly lastEventId?: string | undefined;
  /**
   * How many times in a row a GET whose connection was lost is sent again, with `Last-Event-ID`, without an event in between. It is
   * never sent again before an event had an id. @default 3
   */
  readonly maxReconnects?: number | undefined;
}

/** The options, complete. */
export interface ResolvedEventOptions extends EventOptions {
  readonly parse: "json" | "text";
  readonly end: NonNullable<EventFacts["end"]> | undefined;
  readonly maxEventLength: number;
  readonly maxReconnects: number;
}

const keys = ["format", "parse", "end", "maxEventLength", "lastEventId", "maxReconnects"] as const;

function checkCount(name: string, value: number, least: number): void {
  if (!Number.isInteger(value) || value < least) {
    throw new ConfigurationError(`events: ${name} must be an integer of at least ${least}, got ${value}`);
  }
}

function checkChoice(name: string, value: string, known: readonly string[]): void {
  if (known.includes(value)) return;
  throw new ConfigurationError(`events: ${name} must be ${known.join(" or ")}, got ${value}`);
}

/** Divides the options of a call into those of events and the others. Throws ConfigurationError for a value that is not valid. */
export function readEventOptions<Init extends EventOptions>(
  init: Init,
  facts: EventFacts | undefined,
): { readonly options: ResolvedEventOptions; readonly call: Omit<Init, keyof EventOptions> } {
  const { format, parse = "json", end = facts?.end, maxEventLength = 1_048_576, lastEventId, maxReconnects = 3 } = init;
  checkCount("maxEventLength", maxEventLength, 1);
  checkCount("maxReconnects", maxReconnects, 0);
  checkChoice("parse", parse, ["json", "text"]);
  if (format !== undefined) checkChoice("format", format, ["sse", "ndjson"]);
  const call: Record<string, unknown> = { ...(init as object) };
  for (const key of keys) delete call[key];
  const options = { format, parse, end: end || undefined, maxEventLength, lastEventId, maxReconnects };
  return { options, call: call as unknown as Omit<Init, keyof EventOptions> };
}
