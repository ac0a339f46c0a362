import { type CheckPair, documentPairs, schemaPairs } from "./check-pair.js";

const text = { type: "string" };
const values = (...names: string[]) => ({ type: "string", enum: names });
const hidden = (mark: string, schema: object) => ({ type: "object", properties: { a: { ...schema, [mark]: true } } });
const everywhere = "request-{body,property,parameter,parameter-property}";
const compared = "Code that compares with the value does not compile.";

/** Types, null, enums, constants and defaults. */
export const valuePairs: readonly CheckPair[] = [
  ...schemaPairs("request-{body,property,header-property,parameter}-became-enum", {
    old: text,
    current: values("a"),
    rule: "enum-introduced",
    request: "breaking",
  }),
  ...schemaPairs(`${everywhere}-enum-value-removed`, {
    old: values("a", "b"),
    current: values("a"),
    rule: "enum-value-removed",
    request: "breaking",
  }),
  ...schemaPairs("request-{property,parameter,parameter-property}-enum-value-added", {
    old: values("a"),
    current: values("a", "b"),
    rule: "enum-value-added",
    request: "additive",
  }),
  ...documentPairs("request-read-only-property-enum-value-removed", {
    old: { body: hidden("readOnly", values("a", "b")) },
    current: { body: hidden("readOnly", values("a")) },
    expected: undefined,
  }),
  ...documentPairs("response-write-only-property-enum-value-added", {
    old: { response: hidden("writeOnly", values("a")) },
    current: { response: hidden("writeOnly", values("a", "b")) },
    expected: undefined,
  }),
  ...schemaPairs("response-property-enum-value-added", {
    old: values("a"),
    current: values("a", "b"),
    rule: "enum-value-added",
    response: "additive",
    reason: "Providers add values all the time; the change is listed, so that a `switch` can be checked.",
  }),
  ...schemaPairs("response-{property,mediatype}-enum-value-removed", {
    old: values("a", "b"),
    current: values("a"),
    rule: "enum-value-removed",
    response: "breaking",
    reason: compared,
  }),
  ...documentPairs("request-{parameter,property}-x-extensible-enum-value-removed", {
    old: { body: { ...text, "x-extensible-enum": ["a", "b"] } },
    current: { body: { ...text, "x-extensible-enum": ["a"] } },
    expected: undefined,
    reason: "The extension of Zalando leaves the type a string.",
  }),

  ...schemaPairs(`${everywhere}-became-nullable`, {
    old: text,
    current: { type: ["string", "null"] },
    rule: "became-nullable",
    request: "additive",
  }),
  ...schemaPairs(`${everywhere}-became-not-nullable`, {
    old: { anyOf: [text, { type: "null" }] },
    current: text,
    rule: "became-not-nullable",
    request: "breaking",
  }),
  ...schemaPairs("response-{body,property}-became-nullable", {
    old: text,
    current: { ...text, nullable: true },
    rule: "became-nullable",
    response: "breaking",
  }),
  ...schemaPairs("response-{body,property}-became-not-nullable", {
    old: { allOf: [text], nullable: true },
    current: text,
    rule: "became-not-nullable",
    response: "additive",
  }),

  ...schemaPairs("{request,response}-{body,property}-type-changed request-parameter{,-property}-type-changed", {
    old: text,
    current: { type: "boolean" },
    rule: "type-changed",
    request: "breaking",
    response: "breaking",
  }),
  ...schemaPairs("{request,response}-{body,property}-type-compatible", {
    old: { type: "integer" },
    current: text,
    rule: "type-changed",
    request: "breaking",
    response: "breaking",
    reason: "A form sends the same bytes, but the type of the value is another one.",
  }),
  ...schemaPairs("{request,response}-{body,property}-type-generalized request-parameter{,-property}-type-generalized", {
    old: text,
    current: {},
    rule: "type-widened",
    request: "additive",
    response: "breaking",
  }),
  ...schemaPairs("response-{body,property}-type-specialized request-parameter-property-type-specialized", {
    old: {},
    current: text,
    rule: "type-narrowed",
    request: "breaking",
    response: "additive",
  }),
  ...schemaPairs(
    `{request,response}-{body,property}-list-of-types-widened request-parameter{,-property}-list-of-types-widened`,
    {
      old: { type: ["string", "integer"] },
      current: { type: ["string", "integer", "boolean"] },
      rule: "type-widened",
      request: "additive",
      response: "breaking",
    },
  ),
  ...schemaPairs(
    `{request,response}-{body,property}-list-of-types-narrowed request-parameter{,-property}-list-of-types-narrowed`,
    {
      old: { type: ["string", "integer", "boolean"] },
      current: { type: ["string", "integer"] },
      rule: "type-narrowed",
      request: "breaking",
      response: "additive",
    },
  ),

  ...schemaPairs("request-{body,property}-default-value-{added,removed,changed}", {
    old: { type: "integer", default: 1 },
    current: { type: "integer", default: 2 },
    rule: "default-changed",
    request: "breaking",
    reason: "A call that omits it now means something else, as with a parameter, where oasdiff says so, too.",
  }),
  ...schemaPairs("response-{body,property}-default-value-{added,removed,changed}", {
    old: { type: "integer", default: 1 },
    current: { type: "integer", default: 2 },
    rule: "default-changed",
    response: "invisible",
  }),
  ...schemaPairs("{request,response}-{body,property}-const-added", {
    old: text,
    current: { ...text, const: "a" },
    rule: "enum-introduced",
    request: "breaking",
    response: "additive",
  }),
  ...schemaPairs("{request,response}-{body,property}-const-removed", {
    old: { ...text, const: "a" },
    current: text,
    rule: "enum-lifted",
    request: "additive",
    response: "breaking",
  }),
  ...schemaPairs("{request,response}-{body,property}-const-changed", {
    old: { ...text, const: "a" },
    current: { ...text, const: "b" },
    rule: "value-changed",
    request: "breaking",
    response: "breaking",
  }),
];
