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
  // A value of the old format may be rejected, or code that reads it fails on the new one.
  "format-changed": always("breaking", "has another format"),
  // In a response the values are still those of the type; a format less takes a promise back that no type shows.
  "format-added": { request: "breaking", response: "invisible", text: "has a format" },
  "format-removed": { request: "additive", response: "invisible", text: "has no format any more" },
  "format-widened": { request: "additive", response: "breaking", text: "has a wider format" },
  "format-narrowed": { request: "breaking", response: "invisible", text: "has a narrower format" },
  // A file and a string have different types.
  "binary-changed": always("breaking", "changed between file and string"),

  // Code that compares with a removed value does not compile.
  "value-changed": always("breaking", "has another value"),
  "enum-value-removed": always("breaking", "lost an enum value"),
  "enum-value-added": always("additive", "has a new enum value"),
  "enum-introduced": { request: "breaking", response: "additive", text: "is now an enum" },
  "enum-lifted": { request: "additive", response: "breaking", text: "is no longer an enum" },

  "constraint-tightened": { request: "breaking", response: "invisible", text: "has a tighter constraint" },
  // No type has bounds, but what stores a value may have one.
  "constraint-loosened": { request: "additive", response: "additive", text: "has a looser constraint" },
  // Whether the new pattern matches everything that the old one matched cannot be decided here.
  "pattern-changed": { request: "breaking", response: "invisible", text: "has another pattern" },
  // A call that omits it now means something else.
  "default-changed": { request: "breaking", response: "invisible", text: "has another default" },

  "alternative-removed": { request: "breaking", response: "additive", text: "lost an alternative" },
  "alternative-added": { request: "additive", response: "breaking", text: "has a new alternative" },

  // Alternatives beside other keywords restrict a value further, such as one of two names that must be there.
  "alternatives-introduced": { request: "breaking", response: "additive", text: "must be one of several alternatives" },
  "alternatives-lifted": {
    request: "additive",
    response: "breaking",
    text: "need not be one of the alternatives any more",
  },

  // None of the alternatives is what was there.
  "alternatives-unlike": always("breaking", "changed between one schema and alternatives that are unlike it"),

  // The types of alternatives are told apart by these values.
  "discriminator-added": always("additive", "has a discriminator"),
  "discriminator-removed": { request: "additive", response: "breaking", text: "has no discriminator any more" },
  "discriminator-property-changed": always("breaking", "is told apart by another property"),
  "discriminator-value-removed": always("breaking", "lost a discriminator value"),
  "discriminator-value-added": always("additive", "has a new discriminator value"),
  "discriminator-value-moved": always("breaking", "has a discriminator value with another schema"),

  // Elements of a tuple are found by their place.
  "tuple-element-added": { request: "additive", response: "breaking", text: "is a new element" },
  "tuple-element-removed": { request: "breaking", response: "additive", text: "is no longer an element" },
  "tuple-closed": { request: "breaking", response: "additive", text: "takes no further items" },
  "tuple-opened": { request: "additive", response: "breaking", text: "takes further items" },

  "dependency-added": { request: "breaking", response: "additive", text: "requires another name together with one" },
  "dependency-removed": { request: "additive", response: "breaking", text: "no longer requires a name with another" },
  "dependency-changed": always("breaking", "requires other names together with one"),
  "condition-added": { request: "breaking", response: "additive", text: "has a condition" },
  "condition-removed": { request: "additive", response: "breaking", text: "lost a condition" },
  // Whether it allows less or more cannot be decided here.
  "condition-changed": always("breaking", "has another condition"),
  "content-changed": always("breaking", "contains text of another kind"),
  "pattern-property-added": {
    request: "breaking",
    response: "additive",
    text: "restricts the names that match a pattern",
  },
  "pattern-property-removed": {
    request: "additive",
    response: "breaking",
    text: "no longer describes the names that match a pattern",
  },
  // Other names are ignored in a response, and no type has them.
  "object-closed": { request: "breaking", response: "invisible", text: "rejects names that it does not know" },
  "object-opened": { request: "additive", response: "invisible", text: "accepts names that it does not know" },

  "map-closed": { request: "breaking", response: "breaking", text: "no longer allows additional properties" },
  "map-opened": { request: "additive", response: "additive", text: "allows additional properties" },
  "schema-deprecated": always("additive", "is now deprecated"),
  "schema-no-longer-deprecated": always("additive", "is no longer deprecated"),
  "schema-text-changed": always("invisible", "has another description"),
} as const satisfies Record<string, Rule>;
