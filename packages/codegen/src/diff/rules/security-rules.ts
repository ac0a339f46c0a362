import { always, type Rule } from "./rule.js";

/** Changes of the security schemes of a document. */
export const securityRules = {
  // A program that has the old address in its configuration gets no token.
  "oauth-url-changed": always("breaking", "has another address"),
  "oauth-flow-removed": always("breaking", "no longer has a flow"),
  // A provider may reject an authorization request that names a scope it does not know (RFC 6749, section 4.1.2.1).
  "oauth-scope-removed": always("breaking", "no longer has a scope"),
  "oauth-scope-added": always("additive", "has a new scope"),
} as const satisfies Record<string, Rule>;
