import type { Observer, ObserverHooks } from "../../client/observer.js";
import { observeClient } from "./observe-client.js";
import { observeDelivery } from "./observe-delivery.js";

/**
 * Creates an observer of your own: `onCall` is notified of each call at its end, `onDelivery` of each webhook. The value of the option
 * `observe` of a connector and of a webhook handler, alone or in a list.
 */
export function createObserver(hooks: ObserverHooks): Observer {
  return { hooks, attach: observeClient, startDelivery: observeDelivery };
}
