import { always, type Rule } from "./rule.js";

/** Changes of an operation itself: whether it exists, its name, its credentials, its server. */
export const operationRules = {
  "operation-removed": always("breaking", "was removed"),
  "operation-added": always("additive", "is new"),
  // The constant that `/operations` exports has this name.
  "operation-renamed": always("breaking", "was renamed"),
  // Calls name the path.
  "operation-moved": always("breaking", "has another address"),
  // `paginate` takes the paths of lists only.
  "list-removed": always("breaking", "can no longer be iterated by `paginate`"),
  "list-added": always("additive", "can be iterated by `paginate`"),
  "operation-deprecated": always("additive", "is now deprecated"),
  "operation-no-longer-deprecated": always("additive", "is no longer deprecated"),
  // The credential of a caller may no longer be enough.
  "security-narrowed": always("breaking", "no longer accepts the credentials that it accepted"),
  "scope-added": always("breaking", "needs other scopes"),
  "scope-removed": always("additive", "needs fewer scopes"),
  "security-changed": always("additive", "accepts a changed set of credentials"),
  // The profile and the generated facts decide where a client sends its requests.
  "server-changed": always("invisible", "has another server"),
  "text-changed": always("invisible", "has another description"),
} as const satisfies Record<string, Rule>;
