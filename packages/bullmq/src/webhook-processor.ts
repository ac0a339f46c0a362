import {
  ConfigurationError,
  type EventRoutes,
  routeEvent,
  type WebhookEvent,
  type Webhooks,
} from "@connectry/core/webhooks";

/** The part of a job of BullMQ that is used. */
export interface BullmqJobLike {
  readonly data: unknown;
}

/**
 * Returns the processor of a BullMQ `Worker`: it calls the handler of `on` for an event's name, or `otherwise`. BullMQ runs a
 * handler again that rejected or was interrupted by a crash, so a handler may run more than once for an event. The first argument,
 * a connector's `webhooks`, only types the events. `signal` of a handler is the one of BullMQ.
 * @throws ConfigurationError where the routes have no handler.
 */
export function webhookProcessor<Events>(
  _webhooks: Webhooks<Events>,
  routes: NoInfer<EventRoutes<Events>>,
): (job: BullmqJobLike, token?: string, signal?: AbortSignal) => Promise<void> {
  if (routes?.on === undefined && routes?.otherwise === undefined) {
    throw new ConfigurationError("webhookProcessor: no handler for events: pass `on` or `otherwise`.");
  }
  return async ({ data }, _token, signal = new AbortController().signal) => {
    const event = data as WebhookEvent;
    await routeEvent(routes, event)?.({ delivery: undefined, claim: undefined, signal });
  };
}
