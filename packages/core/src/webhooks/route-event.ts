import type { WebhookEvent } from "./event.js";
import type { EventContext, EventHandler, EventRoutes } from "./handler-options.js";

/** What is to be done with an event, under the name that it is taken by; undefined where it is only acknowledged. */
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
