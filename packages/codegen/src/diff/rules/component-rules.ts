import { always, type Rule } from "./rule.js";

/** Changes of the names that the entry `types` of a connector exports. */
export const componentRules = {
  "schema-removed": always("breaking", "is no longer a type that can be imported"),
  "schema-renamed": always("breaking", "was renamed"),
} as const satisfies Record<string, Rule>;
