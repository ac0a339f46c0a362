import { type EventRoutes, routeEvent, type WebhookEvent, type Webhooks } from "@connectry/core/webhooks";

/** What of a job of BullMQ is used. */
export interface BullmqJobLike {
  readonly data: unknown;
}

/**
 * What a `Worker` of BullMQ does with the events of a queue: the handlers of `on` by their names, `otherwise` for all
 * others. A handler that rejects is tried again by BullMQ; one that was cut off by a crash, too, so it may run twice.
 * The first argument, a connector's `webhooks`, only types the events.
 */
export function webhookProcessor<Events>(
  _webhooks: Webhooks<Events>,
  routes: EventRoutes<Events>,
): (job: BullmqJobLike) => Promise<void> {
  return async ({ data }) => {
    const event = data as WebhookEvent;
    await routeEvent(routes, event)?.({ delivery: undefined });
  };
}
