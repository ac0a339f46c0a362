import type { Observer } from "../../client/observer.js";
import type { WebhookVerificationError } from "../../errors/connectry-error.js";
import type { Clock } from "../../platform/clock.js";
import type { EventRoutes, WebhookQueue } from "../events/event-routes.js";
import type { Inbox } from "../inbox/inbox.js";
import type { Delivery, DeliveryOptions, ReportedDelivery } from "../scheme/delivery.js";
import type { VerifyOptions } from "../signature/verify-options.js";
import type { WaitUntil } from "./defer-work.js";

/** Options of an endpoint. Required is one of `on`, `otherwise` and `queue`. */
export interface EndpointOptions<Events> extends DeliveryOptions, EventRoutes<Events> {
  /**
   * Stores the events, instead of `on` and `otherwise`. The provider receives its response when the events are stored;
   * a worker of the queue has the handlers.
   */
  readonly queue?: WebhookQueue | undefined;
  /**
   * Processes the events after the response: `waitUntil` of Cloudflare Workers or `@vercel/functions`, or `after` of Next.js. The
   * provider receives its response as soon as the events are verified and claimed, and so does not deliver an event again whose
   * handler fails later, or that the platform ends: `onError` is notified of a failure. Where no event may be lost, pass a `queue`.
   * A `Response` of a handler is not sent. @default the response waits until the events are processed
   */
  readonly waitUntil?: WaitUntil | undefined;
  /**
   * Remembers events, so that each is processed once, and the responses of up to 16 KiB that handlers returned: a
   * duplicate gets the same one. Not asked for events that nothing identifies (`isIdentified`). `false` processes every
   * delivery.
   * @default `memoryInbox()`, which works for one process and forgets everything when it ends
   */
  readonly inbox?: Inbox | false | undefined;
  /**
   * The name of the endpoint in the inbox: an event is processed once for each name. Set it where an endpoint is called by
   * several paths, or where its path changes. @default the path of the URL, so that two endpoints can share an inbox
   */
  readonly endpoint?: string | undefined;
  /**
   * What happens when the inbox fails, for example because Redis is unavailable. `reject` responds with 503, so that
   * the provider delivers again later. `process` processes the event, which may then be processed twice. No event is
   * lost either way. @default "reject"
   */
  readonly whenInboxFails?: "reject" | "process" | undefined;
  /**
   * How long an event stays claimed when a process dies while processing it, in milliseconds. A process that is running
   * renews its claim, for up to ten times as long. @default 60,000
   */
  readonly leaseMs?: number | undefined;
  /**
   * Is notified of every failure: rejected deliveries, handlers that throw, an inbox that is unavailable. It receives
   * what is known of the delivery, of which nothing is verified where `error` is a `WebhookVerificationError`.
   * @default failures of handlers and of the inbox go to `console.error`; of deliveries that are not verified one in a
   * minute is printed for each reason, with what to check
   */
  readonly onError?: ((error: WebhookVerificationError | unknown, delivery: ReportedDelivery) => void) | undefined;
  /**
   * What is notified of each delivery: `consoleLog()` or another observer of `@connectry/core/observe`, or a list of them.
   * @default none
   */
  readonly observe?: Observer | readonly Observer[] | undefined;
  /** @default the system clock */
  readonly clock?: Clock | undefined;
}

/** Options of a webhook handler. Required are `secrets`, and one of `on`, `otherwise` and `queue`. */
export interface WebhookHandlerOptions<Events> extends VerifyOptions, EndpointOptions<Events> {
  /**
   * Stores the secret that a provider sends in an unsigned request (Asana, Notion). Anyone can send such a request: accept it
   * only while you expect one, and throw otherwise. @default such requests are rejected
   */
  readonly onSecret?: ((secret: string, delivery: Delivery) => unknown) | undefined;
  /** @default the system clock */
  readonly clock?: Clock | undefined;
}
