import { ConfigurationError } from "../../errors/connectry-error.js";
import type { WebhookEvent } from "../events/event.js";
import { type EventRoutes, routeEvent } from "../events/event-routes.js";

/**
 * Processes an event that comes from a queue: it calls the handler of `on` for the event's name, or `otherwise`. Rejects where the
 * handler does.
 */
export type ProcessQueued = (event: WebhookEvent, signal?: AbortSignal) => Promise<void>;

/**
 * Creates what a worker of a queue does with each event. `name` is the function that a user has called.
 * @throws ConfigurationError where the routes have no handler.
 */
export function processQueued<Events>(name: string, routes: EventRoutes<Events>): ProcessQueued {
  if (routes?.on === undefined && routes?.otherwise === undefined) {
    throw new ConfigurationError(`${name}: no handler for events: pass \`on\` or \`otherwise\`.`);
  }
  return async (event, signal = new AbortController().signal) => {
    await routeEvent(routes, event)?.({ delivery: undefined, claim: undefined, signal });
  };
}
