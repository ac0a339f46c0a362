import type { WebhookEvent } from "./event.js";

/** Takes events to be worked on later. Once `add` has resolved, the provider is told that the event was received. */
export interface WebhookQueue {
  /** Keeps an event, once for each id. Rejects where it could not: the provider will deliver it again. */
  add(event: WebhookEvent): Promise<void>;
}
