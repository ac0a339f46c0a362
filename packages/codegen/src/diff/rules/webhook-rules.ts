import { always, type Rule } from "./rule.js";

/** Changes of the events that a provider delivers. */
export const webhookRules = {
  // Its name is no longer one of the events, and it is not delivered any more.
  "webhook-removed": always("breaking", "was removed"),
  "webhook-added": always("additive", "is new"),
} as const satisfies Record<string, Rule>;
