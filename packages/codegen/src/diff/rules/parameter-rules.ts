import { always, type Rule } from "./rule.js";

/** Changes of parameters in path, query and headers. All of them belong to requests. */
export const parameterRules = {
  // A call that passes it does not compile, and the provider may reject it.
  "parameter-removed": always("breaking", "was removed"),
  "required-parameter-added": always("breaking", "is new and required"),
  "optional-parameter-added": always("additive", "is new"),
  // The URL is the same, but a call names the path and its parameters as the document does.
  "path-parameter-renamed": always("breaking", "was renamed; the URL is the same"),
  "parameter-deprecated": always("additive", "is now deprecated"),
  "parameter-no-longer-deprecated": always("additive", "is no longer deprecated"),
  "parameter-became-required": always("breaking", "is now required"),
  "parameter-became-optional": always("additive", "is now optional"),
  // The generated facts change with it; callers pass the same value.
  "parameter-style-changed": always("invisible", "is serialized in another way"),
} as const satisfies Record<string, Rule>;
