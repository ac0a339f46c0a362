import type { WebhookVerificationError } from "../errors/webhook-verification-error.js";
import type { Clock } from "../platform/clock.js";
import type { Delivery } from "./delivery.js";
import type { WebhookEvent } from "./event.js";
import type { Inbox } from "./inbox.js";
import type { WebhookQueue } from "./queue.js";
import type { VerifyOptions } from "./verify-signature.js";

/** What a handler of events is told beside the event. */
export interface EventContext {
  /** The delivery that the event came in: its headers and raw bytes. Undefined where a queue was between. */
  readonly delivery: Delivery | undefined;
}

/**
 * Works on one event. The provider is told that it was received when this has resolved; where it rejects, the provider
 * delivers again. A `Response` that is returned is sent as the answer (TwiML, a slash command's reply).
 */
export type EventHandler<Type extends string, Payload> = (
  event: WebhookEvent<Type, Payload>,
  context: EventContext,
) => unknown;

/** Handlers by the names of events; the most exact name of an event counts. */
export type EventHandlers<Events> = {
  readonly [Type in keyof Events & string]?: EventHandler<Type, Events[Type]>;
};

/** Where events go: to `on`, by their names, and to `otherwise`. */
export interface EventRoutes<Events> {
  /** What is done by event. */
  readonly on?: EventHandlers<Events> | undefined;
  /** What is done with all other events. @default they are acknowledged */
  readonly otherwise?: ((event: WebhookEvent, context: EventContext) => unknown) | undefined;
}

/** Options of a webhook handler. Needed are `secrets`, and either `on`, `otherwise` or `queue`. */
export interface WebhookHandlerOptions<Events> extends VerifyOptions, EventRoutes<Events> {
  /** Takes the events instead of `on`: the provider is answered at once, and a worker has the handlers. */
  readonly queue?: WebhookQueue | undefined;
  /**
   * What remembers events, so that each has its effect once. @default `memoryInbox()`, which knows one process until it
   * ends; `false` works on every delivery
   */
  readonly inbox?: Inbox | false | undefined;
  /**
   * When the inbox fails (Redis is down): `refuse` answers 503, so that the provider delivers again later; `process`
   * works on the event, which may then happen twice. Never is one dropped. @default "refuse"
   */
  readonly whenInboxFails?: "refuse" | "process" | undefined;
  /**
   * How long an event stays claimed if this process dies while it works on it, in milliseconds. A living process keeps
   * its claim, up to ten times as long. @default 60,000
   */
  readonly leaseMs?: number | undefined;
  /**
   * Keeps the secret that a provider hands over in an unsigned first request (Asana); anyone can send one, so take it
   * only while one is expected, and throw otherwise. @default such requests are refused
   */
  readonly onSecret?: ((secret: string, delivery: Delivery) => unknown) | undefined;
  /**
   * Hears of every failure: deliveries that were refused, handlers that threw, an inbox that is away.
   * @default failures of handlers and the inbox go to `console.error`
   */
  readonly onError?: ((error: WebhookVerificationError | unknown, delivery: Delivery | undefined) => void) | undefined;
  /** @default the machine's */
  readonly clock?: Clock | undefined;
}
