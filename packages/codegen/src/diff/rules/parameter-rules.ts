import { always, type Rule } from "./rule.js";

/** Parameters of path, query and header: all of them are part of requests. */
export const parameterRules = {
  // A call that gives it does not compile, and the provider may refuse it.
  "parameter-removed": always("breaking", "is gone"),
  "required-parameter-added": always("breaking", "is new and required"),
  "optional-parameter-added": always("additive", "is new"),
  "parameter-became-required": always("breaking", "is now required"),
  "parameter-became-optional": always("additive", "may now be left out"),
  // Generated facts follow it: callers give the same value.
  "parameter-style-changed": always("invisible", "is written otherwise"),
} as const satisfies Record<string, Rule>;
