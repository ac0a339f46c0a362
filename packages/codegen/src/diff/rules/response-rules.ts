import { always, type Rule } from "./rule.js";

/** Changes of responses: which statuses there are, and what their bodies are. */
export const responseRules = {
  "success-removed": always("breaking", "is no longer returned"),
  // `data` may now be something else.
  "success-added": always("breaking", "is a new success response with another body"),
  "success-like-another-added": always("additive", "is a new success response with a known body"),
  "success-status-changed": always("invisible", "has another status"),
  "response-body-removed": always("breaking", "no longer has a body"),
  // `data` was undefined, so no caller reads it.
  "response-body-added": always("additive", "now has a body"),
  "response-kind-changed": always("breaking", "has another kind of body"),
  "error-added": always("additive", "is a new error"),
  "error-removed": always("invisible", "is no longer documented"),
} as const satisfies Record<string, Rule>;
