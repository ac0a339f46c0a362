import { always, type Rule } from "./rule.js";

/** Answers: which there are, and what they carry. */
export const responseRules = {
  "success-removed": always("breaking", "is no longer answered"),
  // `data` may now be something else.
  "success-added": always("breaking", "is a new answer of success with another body"),
  "success-like-another-added": always("additive", "is a new answer of success, with a body that is known"),
  "success-status-changed": always("invisible", "is answered with another status"),
  "response-body-removed": always("breaking", "carries no body any more"),
  // `data` was nothing, so nobody read it.
  "response-body-added": always("additive", "now carries a body"),
  "response-kind-changed": always("breaking", "carries another kind of body"),
  "error-added": always("additive", "is a new error"),
  "error-removed": always("invisible", "is no longer described"),
} as const satisfies Record<string, Rule>;
