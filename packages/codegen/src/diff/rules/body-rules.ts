import { always, type Rule } from "./rule.js";

/** Bodies of requests. */
export const bodyRules = {
  "body-removed": always("breaking", "is gone"),
  "required-body-added": always("breaking", "is new and required"),
  "optional-body-added": always("additive", "is new"),
  "body-became-required": always("breaking", "is now required"),
  "body-became-optional": always("additive", "may now be left out"),
  // JSON, forms and multipart are given as the same object; the client writes them.
  "body-form-changed": always("invisible", "goes out as another media type"),
  // Text and bytes are given as they are, an object is not.
  "body-kind-changed": always("breaking", "is given as something else"),
} as const satisfies Record<string, Rule>;
