import { type EventRoutes, processQueued, type WebhookEvent, type Webhooks } from "@connectry/core/webhooks";

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
  const process = processQueued("webhookProcessor", routes);
  return ({ data }, _token, signal) => process(data as WebhookEvent, signal);
}
