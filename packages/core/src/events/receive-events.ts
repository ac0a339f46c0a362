import { createApiError } from "../client/create-api-error.js";
import type { ConnectorInternals } from "../client/internals.js";
import { NetworkError, TimeoutError } from "../errors/call-errors.js";
import type { Operation } from "../pipeline/call.js";
import type { Reply } from "../pipeline/reply.js";
import { textAt } from "../platform/json-path.js";
import { isErrorEvent, isLastEvent } from "./classify-event.js";
import type { EventMessage } from "./event-message.js";
import type { ResolvedEventOptions } from "./event-options.js";
import { type EventResponse, outcomeOf, parseData, readBody } from "./read-body.js";

/** What the events of one call are received with. */
export interface EventsContext {
  readonly internals: ConnectorInternals;
  readonly operation: Operation;
  readonly options: ResolvedEventOptions;
  readonly signal: AbortSignal | undefined;
  /** Sends the request: from the event with this id, or from the start. */
  open(lastEventId: string | undefined): Promise<EventResponse>;
}

// Where the provider does not say how long to wait: as browsers, and twice as long each time.
const defaultRetryMs = 1_000;
const longestWaitMs = 30_000;

/** The error that an event reports: that of a response with the same JSON. */
function createEventError({ internals, operation }: EventsContext, response: Reply, { data }: EventMessage<unknown>) {
  const { profile } = internals;
  const { redact } = response;
  const text = typeof data === "string" ? data : JSON.stringify(data);
  const body = new TextEncoder().encode(redact ? redact(text) : text);
  // Many providers have the error of a response inside a member, and that of an event at its top.
  const errors = textAt(data, profile.errors.message)
    ? profile.errors
    : { ...profile.errors, message: ["message"], code: ["code"] };
  const verdict = { ...response.verdict, kind: "failed", maybeApplied: true } as const;
  return createApiError({ profile: { ...profile, errors } }, operation, { ...response, body, verdict });
}

/** Whether a call may be sent again after its events were cut: a GET, and the provider knows where it was. */
function isResumable({ operation }: EventsContext, error: unknown, lastEventId: string | undefined): boolean {
  if (operation.method !== "GET" || operation.safety !== "safe" || lastEventId === undefined) return false;
  return NetworkError.isInstance(error) || (TimeoutError.isInstance(error) && error.limit === "idle");
}

/** Sends a call, and yields its events as they arrive, to the last one. */
export async function* receiveEvents(context: EventsContext): AsyncGenerator<EventMessage<unknown>, void, undefined> {
  const { operation, options, signal, internals } = context;
  const { end, maxReconnects, parse } = options;
  let { lastEventId } = options;
  let received = 0;
  let reconnects = 0;
  let retryMs = defaultRetryMs;
  for (;;) {
    const opened = await context.open(lastEventId);
    const { attempts, idempotencyKey } = opened.response;
    const createCut = (reason: string, cause?: NetworkError) =>
      new NetworkError(`the stream of events was cut after ${received}: ${reason}.`, {
        operation: operation.id,
        attempts,
        idempotencyKey,
        code: cause?.code,
        maybeSent: true,
        outcome: outcomeOf(operation),
        received,
        lastEventId,
        cause,
      });
    let isCut = false;
    const sink = {
      onRetry: (waitMs: number) => {
        retryMs = waitMs;
      },
      onCut: () => {
        isCut = true;
      },
    };
    try {
      for await (const message of readBody(opened, context, sink)) {
        if (end?.text !== undefined && message.data === end.text) return;
        const data = parse === "text" ? message.data : parseData(message, received + 1, operation);
        const event = { ...message, data };
        if (isErrorEvent(event, internals.profile.events)) throw createEventError(context, opened.response, event);
        received += 1;
        reconnects = 0;
        lastEventId = event.id ?? lastEventId;
        yield event;
        if (isLastEvent(event, end)) return;
      }
      if (isCut) throw createCut("the body ended inside an event");
      if (end) throw createCut("the event that ends it is missing");
      return;
    } catch (error) {
      const isLost = NetworkError.isInstance(error) && error.received === undefined;
      const failure = isLost ? createCut("the connection was lost", error) : error;
      if (reconnects === maxReconnects || !isResumable(context, failure, lastEventId)) throw failure;
      reconnects += 1;
    }
    await internals.clock.sleep(Math.min(retryMs * 2 ** (reconnects - 1), longestWaitMs), signal);
  }
}
