import { always, type Rule } from "./rule.js";

/**
 * Schemas. In a request the provider must go on taking what callers give: to take more is additive. In a response
 * callers must go on understanding what the provider gives: to give less is no harm, unless they read it.
 */
export const schemaRules = {
  "property-removed": always("breaking", "is gone"),
  "optional-property-added": always("additive", "is new"),
  "required-property-added": { request: "breaking", response: "additive", text: "is new and always there" },
  "property-became-required": { request: "breaking", response: "additive", text: "is now always there" },
  "property-became-optional": { request: "additive", response: "breaking", text: "may now be missing" },

  "type-changed": always("breaking", "is another type"),
  "type-widened": { request: "additive", response: "breaking", text: "may now be more types" },
  "type-narrowed": { request: "breaking", response: "additive", text: "may now be fewer types" },
  "became-nullable": { request: "additive", response: "breaking", text: "may now be null" },
  "became-not-nullable": { request: "breaking", response: "additive", text: "is never null any more" },
  // Both are numbers to TypeScript; a request's fraction would be refused.
  "number-became-integer": { request: "breaking", response: "invisible", text: "is now a whole number" },
  "integer-became-number": { request: "additive", response: "invisible", text: "may now be a fraction" },
  "format-changed": always("invisible", "has another format"),
  // A file is no text.
  "binary-changed": always("breaking", "became a file, or is none any more"),

  // Code that compares with a value that is gone does not compile.
  "enum-value-removed": always("breaking", "lost a value"),
  "enum-value-added": always("additive", "has a new value"),
  "enum-introduced": { request: "breaking", response: "additive", text: "is now one of a few values" },
  "enum-lifted": { request: "additive", response: "breaking", text: "may now be any value" },

  "constraint-tightened": { request: "breaking", response: "invisible", text: "is bounded more narrowly" },
  "constraint-loosened": { request: "additive", response: "invisible", text: "is bounded more widely" },
  // Whether the new pattern takes what the old one took cannot be told.
  "pattern-changed": { request: "breaking", response: "invisible", text: "follows another pattern" },
  // A call that leaves it out means something else now.
  "default-changed": { request: "breaking", response: "invisible", text: "has another default" },

  "alternative-removed": { request: "breaking", response: "additive", text: "lost an alternative" },
  "alternative-added": { request: "additive", response: "breaking", text: "has a new alternative" },

  "map-closed": { request: "breaking", response: "breaking", text: "takes no members of other names any more" },
  "map-opened": { request: "additive", response: "additive", text: "may have members of other names" },
  "schema-deprecated": always("additive", "is now deprecated"),
  "schema-text-changed": always("invisible", "is described in other words"),
} as const satisfies Record<string, Rule>;
