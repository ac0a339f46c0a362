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
  // The client asks for what the document has, and parses it into the same value.
  "response-media-type-changed": always("invisible", "is another media type with the same value"),
  // Only calls that ask for it in a header notice it.
  "response-media-type-removed": always("breaking", "can no longer be had as a media type"),
  "response-media-type-added": always("additive", "can be had as another media type"),
  // A program may read it from `response.headers`.
  "header-removed": always("breaking", "was removed"),
  "header-added": always("additive", "is new"),
  "header-became-optional": always("breaking", "is now optional"),
  "header-became-required": always("additive", "is now always sent"),
  "error-added": always("additive", "is a new error"),
  "error-removed": always("invisible", "is no longer documented"),
} as const satisfies Record<string, Rule>;
