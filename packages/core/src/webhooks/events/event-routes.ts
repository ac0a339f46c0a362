import type { HeldClaim } from "../inbox/inbox.js";
import type { Delivery } from "../scheme/delivery.js";
import type { WebhookEvent } from "./event.js";

/** What a handler of events receives besides the event. */
export interface EventContext {
  /**
   * The delivery that contained the event: its headers and its raw bytes. Undefined where the event comes from a queue.
   */
  readonly delivery: Delivery | undefined;
  /** The claim of the event in the inbox. Undefined where it is not claimed, and where it comes from a queue. */
  readonly claim: HeldClaim | undefined;
  /**
   * Is aborted when the claim is lost, because the inbox failed for a whole lease or the handler took ten of them: another
   * delivery of the event may be processed from then on, so stop.
   */
  readonly signal: AbortSignal;
}

/**
 * Processes one event. When it resolves, the provider receives a 2xx response; when it rejects, the provider receives a
 * 500 and delivers the event again. A returned `Response` is sent to the provider (TwiML, the reply to a slash
 * command).
 */
export type EventHandler<Type extends string, Payload> = (
  event: WebhookEvent<Type, Payload>,
  context: EventContext,
) => unknown;

/**
 * The handler of a name that `Events` does not list, because it is newer than the provider's document. The signature is
 * that of a method, since the handlers of listed names have to be assignable to it, and receive a narrower event.
 */
export type UnlistedHandler<Payload> = {
  handle(event: WebhookEvent<string, Payload>, context: EventContext): unknown;
}["handle"];

/** Events that have names and an index signature, without the latter. */
type Listed<Events> = { [Type in keyof Events as string extends Type ? never : Type]: Events[Type] };

/**
 * Handlers by the names of events. The most specific name of an event that has a handler is used. A name that `Events`
 * does not list is accepted, and its payload is `unknown`, or what the index signature of `Events` says.
 */
export type EventHandlers<Events> = string extends keyof Events
  ? ListedHandlers<Listed<Events>> & UnlistedHandlers<Events[keyof Events]>
  : ListedHandlers<Events> & UnlistedHandlers<unknown>;

type ListedHandlers<Events> = { readonly [Type in keyof Events & string]?: EventHandler<Type, Events[Type]> };

type UnlistedHandlers<Payload> = { readonly [name: string]: UnlistedHandler<Payload> | undefined };

/** The handlers of events. */
export interface EventRoutes<Events> {
  /** Handlers by the names of events. */
  readonly on?: EventHandlers<Events> | undefined;
  /** The handler of all other events. @default they are acknowledged with 204 */
  readonly otherwise?: ((event: WebhookEvent, context: EventContext) => unknown) | undefined;
}

/** A queue of events that are processed later. The provider receives a 2xx response as soon as `add` resolves. */
export interface WebhookQueue {
  /** Stores an event, once for each id. Rejects where it cannot be stored, and the provider delivers it again. */
  add(event: WebhookEvent): Promise<void>;
}

/** The handler call for an event, under the name that has a handler. Undefined where the event is only acknowledged. */
export function routeEvent<Events>(
  { on = {}, otherwise }: EventRoutes<Events>,
  event: WebhookEvent,
): ((context: EventContext) => unknown) | undefined {
  const handlers = on as Readonly<Record<string, EventHandler<string, unknown> | undefined>>;
  for (const name of event.names) {
    const handler = Object.hasOwn(handlers, name) ? handlers[name] : undefined;
    if (handler !== undefined) return (context) => handler({ ...event, type: name }, context);
  }
  return otherwise && ((context) => otherwise(event, context));
}
