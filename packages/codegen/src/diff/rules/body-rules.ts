import { always, type Rule } from "./rule.js";

/** Changes of request bodies. */
export const bodyRules = {
  "body-removed": always("breaking", "was removed"),
  "required-body-added": always("breaking", "is new and required"),
  "optional-body-added": always("additive", "is new"),
  "body-became-required": always("breaking", "is now required"),
  "body-became-optional": always("additive", "is now optional"),
  // Callers pass the same object for JSON, forms and multipart; the client encodes it.
  "body-form-changed": always("invisible", "is sent as another media type"),
  // Only calls that name the media type in a header notice it.
  "body-media-type-removed": always("breaking", "can no longer be sent as a media type"),
  "body-media-type-added": always("additive", "can be sent as another media type"),
  // Callers pass text and bytes as they are, and not as an object.
  "body-kind-changed": always("breaking", "takes another kind of value"),
} as const satisfies Record<string, Rule>;
