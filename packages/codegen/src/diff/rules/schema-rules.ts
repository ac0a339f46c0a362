import { always, type Rule } from "./rule.js";

/**
 * Changes of schemas. In a request, the provider must keep accepting what callers send: accepting more is additive. In
 * a response, callers must keep understanding what the provider sends: sending less breaks only callers that read it.
 */
export const schemaRules = {
  "property-removed": always("breaking", "was removed"),
  "optional-property-added": always("additive", "is new"),
  "required-property-added": { request: "breaking", response: "additive", text: "is new and required" },
  "property-became-required": { request: "breaking", response: "additive", text: "is now required" },
  "property-became-optional": { request: "additive", response: "breaking", text: "is now optional" },

  "type-changed": always("breaking", "has another type"),
  "type-widened": { request: "additive", response: "breaking", text: "allows more types" },
  "type-narrowed": { request: "breaking", response: "additive", text: "allows fewer types" },
  "became-nullable": { request: "additive", response: "breaking", text: "may now be null" },
  "became-not-nullable": { request: "breaking", response: "additive", text: "can no longer be null" },
  // Both are `number` in TypeScript; the provider would reject a fraction in a request.
  "number-became-integer": { request: "breaking", response: "invisible", text: "is now an integer" },
  "integer-became-number": { request: "additive", response: "invisible", text: "may now be a fraction" },
  "format-changed": always("invisible", "has another format"),
  // A file and a string have different types.
  "binary-changed": always("breaking", "changed between file and string"),

  // Code that compares with a removed value does not compile.
  "enum-value-removed": always("breaking", "lost an enum value"),
  "enum-value-added": always("additive", "has a new enum value"),
  "enum-introduced": { request: "breaking", response: "additive", text: "is now an enum" },
  "enum-lifted": { request: "additive", response: "breaking", text: "is no longer an enum" },

  "constraint-tightened": { request: "breaking", response: "invisible", text: "has a tighter constraint" },
  "constraint-loosened": { request: "additive", response: "invisible", text: "has a looser constraint" },
  // Whether the new pattern matches everything that the old one matched cannot be decided here.
  "pattern-changed": { request: "breaking", response: "invisible", text: "has another pattern" },
  // A call that omits it now means something else.
  "default-changed": { request: "breaking", response: "invisible", text: "has another default" },

  "alternative-removed": { request: "breaking", response: "additive", text: "lost an alternative" },
  "alternative-added": { request: "additive", response: "breaking", text: "has a new alternative" },

  "map-closed": { request: "breaking", response: "breaking", text: "no longer allows additional properties" },
  "map-opened": { request: "additive", response: "additive", text: "allows additional properties" },
  "schema-deprecated": always("additive", "is now deprecated"),
  "schema-text-changed": always("invisible", "has another description"),
} as const satisfies Record<string, Rule>;
