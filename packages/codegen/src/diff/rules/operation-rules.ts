import { always, type Rule } from "./rule.js";

/** Operations: what can be called, and by which name. */
export const operationRules = {
  "operation-removed": always("breaking", "is gone"),
  "operation-added": always("additive", "is new"),
  // The constant of `/operations` is called by it.
  "operation-renamed": always("breaking", "has another name"),
  "operation-deprecated": always("additive", "is now deprecated"),
  "operation-no-longer-deprecated": always("additive", "is no longer deprecated"),
  // A credential that was enough may not be so any more.
  "security-narrowed": always("breaking", "takes none of the credentials that it took"),
  "security-changed": always("additive", "takes other credentials beside"),
  // Where a client goes is its profile's and its generated facts' business.
  "server-changed": always("invisible", "is served from elsewhere"),
  "text-changed": always("invisible", "is described in other words"),
} as const satisfies Record<string, Rule>;
